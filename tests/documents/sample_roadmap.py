# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The roadmap that Colombia adopts after the exchange on natural rubber."""

# ruff: noqa: E501 - a phrase stands on one line, as it stands in the paper

from datetime import date
from decimal import Decimal

from documents.facts import Adaptation, Approval, BenchWord, Measure, Milestone, Risk, RoadmapFacts
from tests.documents.sample_common import (
    BRAZIL,
    COLOMBIA,
    EMPLOYERS,
    EXCHANGE,
    GOVERNMENT,
    INDICATORS,
    MINISTRY_CO,
    THE_BRAZIL,
    WORKERS,
    in_four,
    mark,
)

MEASURES = (
    Measure(
        code="M1",
        title=in_four(
            "Verificación de edad en la contratación de las plantas de beneficio",
            "Verificação de idade na contratação das usinas de beneficiamento",
            "Age checks in hiring at processing plants",
            "Vérification de l’âge à l’embauche dans les usines de transformation",
        ),
        output=in_four(
            "protocolo adoptado por ocho plantas",
            "protocolo adotado por oito usinas",
            "protocol adopted by eight plants",
            "protocole adopté par huit usines",
        ),
        responsible=MINISTRY_CO,
        support=BRAZIL,
        starts_on=date(2026, 10, 1),
        ends_on=date(2027, 6, 30),
        progress="under_way",
        budget=Decimal("48000.00"),
        currency="USD",
        source=in_four("presupuesto nacional", "orçamento nacional", "national budget", "budget national"),
    ),
    Measure(
        code="M2",
        title=in_four(
            "Jornada escolar extendida en municipios caucheros durante la cosecha",
            "Jornada escolar ampliada em municípios produtores durante a colheita",
            "Longer school day in rubber-growing municipalities during harvest",
            "Journée scolaire prolongée dans les communes productrices pendant la récolte",
        ),
        output=in_four(
            "seis municipios con jornada extendida",
            "seis municípios com jornada ampliada",
            "six municipalities with a longer school day",
            "six communes avec une journée prolongée",
        ),
        responsible=in_four(
            "Alcaldías y Ministerio de Educación",
            "Prefeituras e Ministério da Educação",
            "Municipalities and Ministry of Education",
            "Communes et Ministère de l’Éducation",
        ),
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 11, 30),
        progress="planned",
    ),
    Measure(
        code="M3",
        title=in_four(
            "Formación de inspectoras e inspectores rurales",
            "Formação de inspetoras e inspetores rurais",
            "Training of rural inspectors",
            "Formation des inspectrices et inspecteurs ruraux",
        ),
        output=in_four(
            "cuarenta personas formadas",
            "quarenta pessoas formadas",
            "forty persons trained",
            "quarante personnes formées",
        ),
        responsible=in_four(
            "Ministerio del Trabajo",
            "Ministério do Trabalho",
            "Ministry of Labour",
            "Ministère du Travail",
        ),
        starts_on=date(2026, 11, 3),
        ends_on=date(2026, 12, 11),
        progress="done",
        budget=Decimal("9500.00"),
        currency="USD",
    ),
)

ROADMAP = RoadmapFacts(
    mark=mark("RDM-2026-0003"),
    country=COLOMBIA,
    title=in_four(
        "Caucho natural sin trabajo infantil, 2026–2027",
        "Borracha natural sem trabalho infantil, 2026–2027",
        "Natural rubber without child labour, 2026–2027",
        "Caoutchouc naturel sans travail des enfants, 2026–2027",
    ),
    origin=EXCHANGE,
    partners=(THE_BRAZIL,),
    context=in_four(
        "El beneficio del caucho se concentra en fincas pequeñas, donde niñas y niños acompañan a sus familias en la recolección del látex antes de la escuela.",
        "O beneficiamento da borracha concentra-se em propriedades pequenas, onde crianças acompanham suas famílias na coleta do látex antes da escola.",
        "Rubber is processed on small farms, where children go with their families to collect latex before school.",
        "Le caoutchouc est transformé dans de petites exploitations, où les enfants accompagnent leur famille à la récolte du latex avant l’école.",
    ),
    baseline=in_four(
        "La encuesta de la actividad A1 cubrió seis municipios; sus resultados se publican agregados.",
        "A pesquisa da atividade A1 cobriu seis municípios; seus resultados publicam-se agregados.",
        "The survey of activity A1 covered six municipalities; its results are published in aggregate.",
        "L’enquête de l’activité A1 a couvert six communes ; ses résultats sont publiés agrégés.",
    ),
    objective=in_four(
        "Que al cierre de 2027 ninguna planta de beneficio contrate por debajo de la edad mínima y que las familias caucheras tengan una escuela a la que llegar.",
        "Que ao fim de 2027 nenhuma usina contrate abaixo da idade mínima e que as famílias produtoras tenham uma escola à qual chegar.",
        "By the end of 2027 no processing plant hires below the minimum age, and rubber-growing families have a school within reach.",
        "Qu’à la fin de 2027 aucune usine n’embauche sous l’âge minimum et que les familles productrices aient une école à portée.",
    ),
    adaptations=(
        Adaptation(
            learnt=in_four(
                "En Brasil la planta verifica la edad al firmar el contrato.",
                "No Brasil a usina verifica a idade ao assinar o contrato.",
                "In Brazil the plant checks age when the contract is signed.",
                "Au Brésil, l’usine vérifie l’âge à la signature du contrat.",
            ),
            decided=in_four(
                "En Colombia, donde se compra a la finca, se verifica en el registro de proveedores.",
                "Na Colômbia, onde se compra da propriedade, verifica-se no registro de fornecedores.",
                "In Colombia, which buys from farms, it is checked in the register of suppliers.",
                "En Colombie, où l’on achète aux exploitations, on vérifie au registre des fournisseurs.",
            ),
        ),
    ),
    measures=MEASURES,
    indicators=INDICATORS,
    risks=(
        Risk(
            description=in_four(
                "Cambio de autoridades municipales",
                "Mudança de autoridades municipais",
                "Change of municipal authorities",
                "Changement d’autorités communales",
            ),
            likelihood="high",
            impact="medium",
            answer=in_four(
                "ficha de traspaso y visita en los primeros treinta días",
                "ficha de transição e visita nos primeiros trinta dias",
                "hand-over sheet and a visit within thirty days",
                "fiche de passation et visite dans les trente jours",
            ),
        ),
    ),
    milestones=(
        Milestone(
            code="H1",
            title=in_four(
                "protocolo publicado",
                "protocolo publicado",
                "protocol published",
                "protocole publié",
            ),
            on=date(2027, 3, 15),
        ),
        Milestone(
            code="H2",
            title=in_four("evaluación mutua", "avaliação mútua", "mutual evaluation", "évaluation mutuelle"),
            on=date(2027, 12, 1),
        ),
    ),
    follow_up=(
        in_four(
            "reunión trimestral a distancia con Brasil",
            "reunião trimestral a distância com o Brasil",
            "quarterly meeting at a distance with Brazil",
            "réunion trimestrielle à distance avec le Brésil",
        ),
        in_four(
            "informe anual a los tres sectores",
            "relatório anual aos três setores",
            "yearly report to the three benches",
            "rapport annuel aux trois groupes",
        ),
    ),
    benches=(
        BenchWord(
            country=COLOMBIA,
            bench=GOVERNMENT,
            word="endorsed",
            on=date(2026, 9, 10),
            organisation="Ministerio del Trabajo",
        ),
        BenchWord(
            country=COLOMBIA,
            bench=WORKERS,
            organisation="CUT",
            word="reservation",
            on=date(2026, 9, 14),
            text=in_four(
                "El presupuesto de M2 debe asegurarse antes de la cosecha.",
                "O orçamento de M2 deve ser assegurado antes da colheita.",
                "The budget of M2 must be secured before the harvest.",
                "Le budget de M2 doit être assuré avant la récolte.",
            ),
        ),
        BenchWord(
            country=COLOMBIA,
            bench=EMPLOYERS,
            organisation="ANDI",
            word="no_reply",
            on=date(2026, 9, 30),
        ),
    ),
    approval=Approval(
        institution=MINISTRY_CO,
        title=in_four("Titular del despacho", "Titular da pasta", "Minister’s office", "Cabinet"),
        instrument=in_four("resolución", "resolução", "resolution", "résolution"),
    ),
    egir=1,
    egir_text=in_four(
        "La mitad de las personas formadas son mujeres; los datos se desagregan por sexo y edad.",
        "Metade das pessoas formadas são mulheres; os dados se desagregam por sexo e idade.",
        "Half of those trained are women; data are disaggregated by sex and age.",
        "La moitié des personnes formées sont des femmes ; les données sont ventilées par sexe et âge.",
    ),
)
