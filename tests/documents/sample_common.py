# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the sample papers share: the exchange, its countries, its institutions, its indicators."""

from datetime import date

from documents.facts import Exchange, Indicator, PaperMark, Text, said

TIP = "9f3ac2d47b10e58866c1f0a94de27b35518cc0de4fa7b9630d2e81f7c45a90b1"
PROGRAMME = said(
    es="Iniciativa Regional América Latina y el Caribe Libre de Trabajo Infantil",
    pt="Iniciativa Regional América Latina e Caribe Livre de Trabalho Infantil",
    en="Regional Initiative Latin America and the Caribbean Free of Child Labour",
    fr="Initiative régionale Amérique latine et Caraïbes sans travail des enfants",
)
BRAZIL = said(es="Brasil", pt="Brasil", en="Brazil", fr="Brésil")
COLOMBIA = said(es="Colombia", pt="Colômbia", en="Colombia", fr="Colombie")
THE_BRAZIL = said(es="el Brasil", pt="o Brasil", en="Brazil", fr="le Brésil")
THE_COLOMBIA = said(es="Colombia", pt="a Colômbia", en="Colombia", fr="la Colombie")
MINISTRY_BR = said(
    es="Ministerio de Agricultura y Ganadería",
    pt="Ministério da Agricultura e Pecuária",
    en="Ministry of Agriculture and Livestock",
    fr="Ministère de l’Agriculture et de l’Élevage",
)
MINISTRY_CO = said(
    es="Ministerio de Agricultura y Desarrollo Rural",
    pt="Ministério da Agricultura e Desenvolvimento Rural",
    en="Ministry of Agriculture and Rural Development",
    fr="Ministère de l’Agriculture et du Développement rural",
)
EMPLOYERS = said(es="empleadores", pt="empregadores", en="employers", fr="employeurs")
WORKERS = said(es="trabajadores", pt="trabalhadores", en="workers", fr="travailleurs")
GOVERNMENT = said(es="gobierno", pt="governo", en="government", fr="gouvernement")


def mark(reference: str, *, version: int = 1) -> PaperMark:
    return PaperMark(
        reference=reference,
        version=version,
        tip=TIP,
        ordered_on=date(2026, 3, 2),
        programme=PROGRAMME,
        specimen=True,
        public_url=f"https://minga.example.org/v/{reference}",
    )


EXCHANGE = Exchange(
    reference="SSC-2026-0042",
    title=said(
        es="Procesamiento del caucho natural sin trabajo infantil",
        pt="Processamento da borracha natural sem trabalho infantil",
        en="Natural rubber processing without child labour",
        fr="Transformation du caoutchouc naturel sans travail des enfants",
    ),
)


def in_four(es: str, pt: str, en: str, fr: str) -> Text:
    return said(es=es, pt=pt, en=en, fr=fr)


INDICATORS = (
    Indicator(
        code="I1",
        definition=said(
            es="Plantas de beneficio de caucho que aplican la verificación de edad",
            pt="Usinas de beneficiamento de borracha que aplicam a verificação de idade",
            en="Rubber processing plants that apply age checks",
            fr="Usines de transformation du caoutchouc qui vérifient l’âge",
        ),
        baseline="0",
        baseline_year=2026,
        target="8",
        target_on=date(2027, 12, 31),
        source=said(
            es="registro del Ministerio",
            pt="registro do Ministério",
            en="the Ministry’s register",
            fr="registre du Ministère",
        ),
    ),
    Indicator(
        code="I2",
        definition=said(
            es="Niñas, niños y adolescentes de hogares caucheros que asisten a la escuela",
            pt="Crianças e adolescentes de famílias produtoras que frequentam a escola",
            en="Children of rubber-growing households who attend school",
            fr="Enfants de familles productrices de caoutchouc qui vont à l’école",
        ),
        baseline=None,
        baseline_year=None,
        baseline_by=said(
            es="la produce la actividad A1 antes del 15/05/2026",
            pt="é produzida pela atividade A1 antes de 15/05/2026",
            en="activity A1 produces it before 15 May 2026",
            fr="l’activité A1 la produit avant le 15/05/2026",
        ),
        target="+ 5 %",
        target_on=date(2027, 12, 31),
        source=said(
            es="encuesta municipal",
            pt="pesquisa municipal",
            en="municipal survey",
            fr="enquête municipale",
        ),
        disaggregation=said(
            es="sexo, edad, pertenencia étnica, zona",
            pt="sexo, idade, pertencimento étnico, zona",
            en="sex, age, ethnic origin, area",
            fr="sexe, âge, origine ethnique, zone",
        ),
    ),
)
