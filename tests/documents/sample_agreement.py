# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An agreement on natural rubber, as a memorandum before signature and as an agreement signed in ink."""

# ruff: noqa: E501 - a phrase stands on one line, as it stands in the paper
from dataclasses import replace
from datetime import date
from decimal import Decimal

from documents.facts import (
    Activity,
    AgreementFacts,
    BenchWord,
    Contact,
    Contribution,
    Facilitator,
    InkCounterpart,
    Party,
    Signatory,
    Text,
    said,
    same,
)
from tests.documents.sample_common import (
    BRAZIL,
    COLOMBIA,
    EMPLOYERS,
    EXCHANGE,
    INDICATORS,
    MINISTRY_BR,
    MINISTRY_CO,
    THE_BRAZIL,
    THE_COLOMBIA,
    TIP,
    WORKERS,
    mark,
)

PARTIES = (
    Party(
        country="BR",
        name=BRAZIL,
        in_a_sentence=THE_BRAZIL,
        state=said(
            es="República Federativa del Brasil",
            pt="República Federativa do Brasil",
            en="Federative Republic of Brazil",
        ),
        institution=MINISTRY_BR,
        role=said(es="oferente", pt="ofertante", en="the offering side"),
        represented_by=said(
            es="la persona titular de su Secretaría de Desarrollo Rural",
            pt="a pessoa titular de sua Secretaria de Desenvolvimento Rural",
            en="the head of its Secretariat of Rural Development",
        ),
        executing=(
            said(
                es="Servicio de Extensión Rural",
                pt="Serviço de Extensão Rural",
                en="Rural Extension Service",
            ),
        ),
        commitments=(
            said(
                es="recibir a doce personas técnicas de Colombia en dos plantas de procesamiento",
                pt="receber doze pessoas técnicas da Colômbia em duas usinas de processamento",
                en="receive twelve technical staff from Colombia at two processing plants",
            ),
            said(
                es="compartir su protocolo de verificación de edad en la contratación rural",
                pt="compartilhar seu protocolo de verificação de idade na contratação rural",
                en="share its protocol for checking age in rural hiring",
            ),
            said(
                es="acompañar a distancia, durante doce meses, la hoja de ruta que adopte Colombia",
                pt="acompanhar a distância, durante doze meses, o roteiro que a Colômbia adotar",
                en="accompany at a distance, for twelve months, the roadmap that Colombia adopts",
            ),
        ),
    ),
    Party(
        country="CO",
        name=COLOMBIA,
        in_a_sentence=THE_COLOMBIA,
        state=said(es="República de Colombia", pt="República da Colômbia", en="Republic of Colombia"),
        institution=MINISTRY_CO,
        role=said(es="solicitante", pt="solicitante", en="the requesting side"),
        represented_by=said(
            es="la persona titular de su Viceministerio de Desarrollo Rural",
            pt="a pessoa titular de seu Vice-Ministério de Desenvolvimento Rural",
            en="the head of its Vice-Ministry of Rural Development",
        ),
        commitments=(
            said(
                es="designar a doce personas técnicas, la mitad mujeres, y sostener su participación",
                pt="designar doze pessoas técnicas, metade mulheres, e manter sua participação",
                en="appoint twelve technical staff, half of them women, and sustain their participation",
            ),
            said(
                es="levantar la línea de base en los municipios caucheros antes de la primera misión",
                pt="levantar a linha de base nos municípios produtores antes da primeira missão",
                en="establish the baseline in the rubber-growing municipalities before the first mission",
            ),
            said(
                es="adoptar una hoja de ruta nacional con la participación de los tres sectores",
                pt="adotar um roteiro nacional com a participação dos três setores",
                en="adopt a national roadmap with the participation of the three benches",
            ),
        ),
    ),
)


def _activity(code: str, title: Text, mode: Text, who: Text, first: date, last: date) -> Activity:
    return Activity(code=code, title=title, mode=mode, responsible=who, starts_on=first, ends_on=last)


IN_PERSON = said(es="presencial", pt="presencial", en="in person")
VIRTUAL = said(es="virtual", pt="virtual", en="virtual")
HYBRID = said(es="híbrida", pt="híbrida", en="hybrid")
WORKPLAN = (
    _activity(
        "A1",
        said(
            es="Levantamiento de la línea de base",
            pt="Levantamento da linha de base",
            en="Baseline survey",
        ),
        IN_PERSON,
        COLOMBIA,
        date(2026, 4, 6),
        date(2026, 5, 15),
    ),
    replace(
        _activity(
            "A2",
            said(
                es="Pasantía en plantas de procesamiento",
                pt="Estágio em usinas de processamento",
                en="Internship at processing plants",
            ),
            IN_PERSON,
            BRAZIL,
            date(2026, 6, 8),
            date(2026, 6, 19),
        ),
        participants=12,
        place=same("Mato Grosso"),
        output=said(
            es="cuaderno de procesos observados",
            pt="caderno de processos observados",
            en="notebook of processes observed",
        ),
    ),
    _activity(
        "A3",
        said(
            es="Taller sobre verificación de edad y debida diligencia con empleadores y trabajadores",
            pt="Oficina sobre verificação de idade e devida diligência com empregadores e trabalhadores",
            en="Workshop on age checks and due diligence with employers and workers",
        ),
        HYBRID,
        said(es="Brasil y Colombia", pt="Brasil e Colômbia", en="Brazil and Colombia"),
        date(2026, 8, 11),
        date(2026, 8, 13),
    ),
    _activity(
        "A4",
        said(
            es="Clínica técnica a distancia",
            pt="Clínica técnica a distância",
            en="Technical clinic at a distance",
        ),
        VIRTUAL,
        BRAZIL,
        date(2026, 10, 6),
        date(2026, 10, 6),
    ),
)

CONTRIBUTIONS = (
    Contribution(
        party=BRAZIL,
        category=said(es="tiempo de personas expertas", pt="tempo de especialistas", en="expert time"),
        quantity=Decimal(36),
        unit=said(es="días", pt="dias", en="days"),
        description=said(
            es="Tres instructoras e instructores en las plantas",
            pt="Três instrutoras e instrutores nas usinas",
            en="Three instructors at the plants",
        ),
    ),
    Contribution(
        party=BRAZIL,
        category=said(es="plazas de formación", pt="vagas de formação", en="training places"),
        quantity=Decimal(12),
        unit=said(es="plazas", pt="vagas", en="places"),
        description=said(
            es="Pasantía de diez días, con material",
            pt="Estágio de dez dias, com material",
            en="Ten-day internship, with materials",
        ),
    ),
    Contribution(
        party=COLOMBIA,
        category=said(es="viajes", pt="viagens", en="travel"),
        quantity=Decimal(12),
        unit=said(es="pasajes", pt="passagens", en="fares"),
        description=said(
            es="Pasajes y seguro de las personas técnicas",
            pt="Passagens e seguro das pessoas técnicas",
            en="Fares and insurance of the technical staff",
        ),
        amount=Decimal("14400.00"),
        currency="USD",
        method=said(
            es="tarifa media cotizada, marzo de 2026",
            pt="tarifa média cotada, março de 2026",
            en="average fare quoted, March 2026",
        ),
    ),
)

AGREEMENT_BENCHES = (
    BenchWord(
        country=COLOMBIA,
        bench=EMPLOYERS,
        organisation="ANDI",
        word="endorsed",
        on=date(2026, 2, 20),
    ),
    BenchWord(
        country=COLOMBIA,
        bench=WORKERS,
        organisation="CUT",
        word="reservation",
        on=date(2026, 2, 24),
        text=said(
            es="Pedimos que la línea de base incluya las fincas familiares.",
            pt="Pedimos que a linha de base inclua as propriedades familiares.",
            en="We ask that the baseline include family farms.",
        ),
    ),
    BenchWord(
        country=BRAZIL,
        bench=EMPLOYERS,
        organisation="CNA",
        word="no_reply",
        on=date(2026, 2, 27),
    ),
    BenchWord(country=BRAZIL, bench=WORKERS, word="vacant"),
)

AGREEMENT = AgreementFacts(
    mark=mark("AGR-2026-0007", version=2),
    register="non_binding",
    originals=("es", "pt"),
    subject=said(
        es="Procesamiento del caucho natural sin trabajo infantil",
        pt="Processamento da borracha natural sem trabalho infantil",
        en="Natural rubber processing without child labour",
    ),
    object=said(
        es="fortalecer el procesamiento del caucho natural en Colombia con la experiencia del Brasil, de modo que ninguna niña ni ningún niño trabaje en su cadena de suministro",
        pt="fortalecer o processamento da borracha natural na Colômbia com a experiência do Brasil, de modo que nenhuma criança trabalhe em sua cadeia de suprimentos",
        en="to strengthen natural rubber processing in Colombia with the experience of Brazil, so that no child works in its supply chain",
    ),
    parties=PARTIES,
    exchanges=(EXCHANGE,),
    objectives=(
        said(
            es="formar personal técnico en el beneficio y la transformación del caucho natural",
            pt="formar pessoal técnico no beneficiamento e na transformação da borracha natural",
            en="train technical staff in the processing of natural rubber",
        ),
        said(
            es="adaptar a Colombia la verificación de edad en la contratación rural",
            pt="adaptar à Colômbia a verificação de idade na contratação rural",
            en="adapt age checks in rural hiring to Colombia",
        ),
    ),
    results=(
        said(
            es="doce personas técnicas formadas",
            pt="doze pessoas técnicas formadas",
            en="twelve technical staff trained",
        ),
        said(
            es="una hoja de ruta nacional adoptada",
            pt="um roteiro nacional adotado",
            en="one national roadmap adopted",
        ),
    ),
    recitals=(
        said(
            es="que el trabajo infantil priva a niñas, niños y adolescentes de su niñez, de su educación y de su dignidad, y que su prevención y erradicación es un propósito compartido",
            pt="que o trabalho infantil priva crianças e adolescentes de sua infância, de sua educação e de sua dignidade, e que sua prevenção e erradicação é um propósito compartilhado",
            en="that child labour deprives girls and boys of their childhood, their education and their dignity, and that to prevent and end it is a shared purpose",
        ),
        said(
            es="el Convenio sobre la edad mínima, 1973 (núm. 138), y el Convenio sobre las peores formas de trabajo infantil, 1999 (núm. 182), de la Organización Internacional del Trabajo",
            pt="a Convenção sobre a Idade Mínima, 1973 (n.º 138), e a Convenção sobre as Piores Formas de Trabalho Infantil, 1999 (n.º 182), da Organização Internacional do Trabalho",
            en="the Minimum Age Convention, 1973 (No. 138), and the Worst Forms of Child Labour Convention, 1999 (No. 182), of the International Labour Organization",
        ),
        said(
            es="la meta 8.7 de la Agenda 2030 para el Desarrollo Sostenible",
            pt="a meta 8.7 da Agenda 2030 para o Desenvolvimento Sustentável",
            en="target 8.7 of the 2030 Agenda for Sustainable Development",
        ),
    ),
    framework=(
        said(
            es="el convenio básico de cooperación técnica vigente entre el Brasil y Colombia",
            pt="o acordo básico de cooperação técnica vigente entre o Brasil e a Colômbia",
            en="the basic convention on technical cooperation in force between Brazil and Colombia",
        ),
    ),
    themes=(
        said(
            es="debida diligencia en cadenas agrícolas",
            pt="devida diligência em cadeias agrícolas",
            en="due diligence in agricultural chains",
        ),
    ),
    supply_chains=(said(es="caucho natural", pt="borracha natural", en="natural rubber"),),
    territories=(said(es="ámbito nacional", pt="âmbito nacional", en="national"),),
    modalities=(
        said(es="pasantías y misiones", pt="estágios e missões", en="internships and missions"),
        said(es="talleres", pt="oficinas", en="workshops"),
        said(
            es="asistencia técnica a distancia",
            pt="assistência técnica a distância",
            en="technical assistance at a distance",
        ),
    ),
    workplan=WORKPLAN,
    contributions=CONTRIBUTIONS,
    indicators=INDICATORS,
    benches=AGREEMENT_BENCHES,
    contacts=(
        Contact(
            party=BRAZIL,
            unit=said(
                es="Coordinación de Cooperación Internacional",
                pt="Coordenação de Cooperação Internacional",
                en="International Cooperation Unit",
            ),
            address="cooperacao@agricultura.example.br",
        ),
        Contact(
            party=COLOMBIA,
            unit=said(
                es="Oficina de Asuntos Internacionales",
                pt="Escritório de Assuntos Internacionais",
                en="Office of International Affairs",
            ),
            address="internacional@agricultura.example.co",
        ),
    ),
    signatories=(
        Signatory(
            party=BRAZIL,
            in_a_sentence=THE_BRAZIL,
            institution=MINISTRY_BR,
            name="Bruno",
            title=said(
                es="Secretario de Desarrollo Rural",
                pt="Secretário de Desenvolvimento Rural",
                en="Secretary of Rural Development",
            ),
        ),
        Signatory(
            party=COLOMBIA,
            in_a_sentence=THE_COLOMBIA,
            institution=MINISTRY_CO,
            title=said(
                es="Titular del Viceministerio de Desarrollo Rural",
                pt="Titular do Vice-Ministério de Desenvolvimento Rural",
                en="Head of the Vice-Ministry of Rural Development",
            ),
        ),
    ),
    secretariat=said(
        es="La Secretaría Técnica de la Iniciativa Regional",
        pt="A Secretaria Técnica da Iniciativa Regional",
        en="The Technical Secretariat of the Regional Initiative",
    ),
    duration_months=24,
    notice_days=90,
    immunities=True,
)

SIGNED_AGREEMENT = replace(
    AGREEMENT,
    register="binding",
    prevailing="es",
    facilitator=Facilitator(
        institution=said(
            es="Agencia de cooperación del país facilitador",
            pt="Agência de cooperação do país facilitador",
            en="Cooperation agency of the facilitating country",
        ),
        contribution=said(
            es="los pasajes de dos talleres",
            pt="as passagens de duas oficinas",
            en="the fares of two workshops",
        ),
        signs="separate_arrangement",
    ),
    done_at=same("Bogotá"),
    done_on=date(2026, 3, 1),
    copies=4,
    counterparts=(
        InkCounterpart(
            party=BRAZIL,
            signed_by="Bruno",
            signed_on=date(2026, 3, 1),
            place=same("Bogotá"),
            confirmed_by="Ana",
            confirmed_on=date(2026, 3, 2),
            scan_sha256=TIP[::-1],
        ),
    ),
)
