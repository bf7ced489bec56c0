# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The Good Practice form of the exchange on natural rubber."""

# ruff: noqa: E501 - a phrase stands on one line, as it stands in the paper

from datetime import date

from documents.facts import Attendance, GoodPracticeFacts, Material, Step, same
from tests.documents.sample_common import (
    BRAZIL,
    COLOMBIA,
    EMPLOYERS,
    EXCHANGE,
    GOVERNMENT,
    MINISTRY_CO,
    WORKERS,
    in_four,
    mark,
)

STAGES = (
    ("Oferta", "Oferta", "Offer", "Offre", date(2026, 1, 12), date(2026, 1, 26)),
    ("Demanda", "Demanda", "Demand", "Demande", date(2026, 1, 26), date(2026, 2, 9)),
    ("Compromiso", "Compromisso", "Commitment", "Engagement", date(2026, 2, 9), date(2026, 4, 1)),
    ("Ejecución", "Execução", "Execution", "Exécution", date(2026, 4, 1), date(2026, 10, 6)),
    ("Reflexión", "Reflexão", "Reflection", "Réflexion", date(2026, 10, 6), date(2026, 10, 20)),
    ("Acción", "Ação", "Action", "Action", date(2026, 10, 20), date(2026, 12, 14)),
    (
        "Acompañamiento",
        "Acompanhamento",
        "Accompaniment",
        "Accompagnement",
        date(2026, 12, 14),
        date(2027, 11, 2),
    ),
    ("Retroalimentación", "Retroalimentação", "Feedback", "Retour", date(2027, 11, 2), None),
)

PRACTICE = GoodPracticeFacts(
    mark=mark("GPR-2027-0001"),
    title=in_four(
        "Verificación de edad en la cadena del caucho natural",
        "Verificação de idade na cadeia da borracha natural",
        "Age checks in the natural rubber chain",
        "Vérification de l’âge dans la filière du caoutchouc naturel",
    ),
    author=in_four(
        "Secretaría Técnica de la Iniciativa Regional",
        "Secretaria Técnica da Iniciativa Regional",
        "Technical Secretariat of the Regional Initiative",
        "Secrétariat technique de l’Initiative régionale",
    ),
    institution=MINISTRY_CO,
    countries=(BRAZIL, COLOMBIA),
    objectives=in_four(
        "Fortalecer el procesamiento del caucho natural en Colombia con la experiencia de Brasil, de modo que ninguna niña ni ningún niño trabaje en su cadena de suministro, en línea con la meta 8.7.",
        "Fortalecer o processamento da borracha natural na Colômbia com a experiência do Brasil, de modo que nenhuma criança trabalhe em sua cadeia de suprimentos, em linha com a meta 8.7.",
        "To strengthen natural rubber processing in Colombia with the experience of Brazil, so that no child works in its supply chain, in line with target 8.7.",
        "Renforcer la transformation du caoutchouc naturel en Colombie avec l’expérience du Brésil, afin qu’aucun enfant ne travaille dans sa filière, conformément à la cible 8.7.",
    ),
    cooperation=in_four(
        "Dos ministerios de agricultura, con el servicio de extensión rural de Brasil, realizaron una pasantía, un taller tripartito y una clínica a distancia.",
        "Dois ministérios da agricultura, com o serviço de extensão rural do Brasil, realizaram um estágio, uma oficina tripartite e uma clínica a distância.",
        "Two ministries of agriculture, with Brazil’s rural extension service, held an internship, a tripartite workshop and a clinic at a distance.",
        "Deux ministères de l’Agriculture, avec le service de vulgarisation rurale du Brésil, ont tenu un stage, un atelier tripartite et une clinique à distance.",
    ),
    effectiveness=in_four(
        "La cooperación recorrió las ocho etapas en veintidós meses; el anexo 1 da sus fechas y el anexo 2 la participación de cada sector.",
        "A cooperação percorreu as oito etapas em vinte e dois meses; o anexo 1 traz suas datas e o anexo 2 a participação de cada setor.",
        "The exchange walked the eight steps in twenty-two months; annex 1 gives their dates and annex 2 the participation of each bench.",
        "La coopération a parcouru les huit étapes en vingt-deux mois ; l’annexe 1 donne leurs dates et l’annexe 2 la participation de chaque groupe.",
    ),
    innovation=in_four(
        "La verificación se trasladó del contrato al registro de proveedores, porque en Colombia la planta compra a fincas familiares.",
        "A verificação passou do contrato ao registro de fornecedores, porque na Colômbia a usina compra de propriedades familiares.",
        "The check moved from the contract to the register of suppliers, because in Colombia the plant buys from family farms.",
        "La vérification est passée du contrat au registre des fournisseurs, car en Colombie l’usine achète à des exploitations familiales.",
    ),
    funding=in_four(
        "Brasil: 36 días de personas expertas y 12 plazas. Colombia: 12 pasajes.",
        "Brasil: 36 dias de especialistas e 12 vagas. Colômbia: 12 passagens.",
        "Brazil: 36 expert days and 12 places. Colombia: 12 fares.",
        "Brésil : 36 jours d’experts et 12 places. Colombie : 12 billets.",
    ),
    contact=(MINISTRY_CO, same("internacional@agricultura.example.co")),
    results=(
        in_four(
            "Doce personas técnicas formadas, la mitad mujeres.",
            "Doze pessoas técnicas formadas, metade mulheres.",
            "Twelve technical staff trained, half of them women.",
            "Douze techniciens formés, dont la moitié de femmes.",
        ),
        in_four(
            "Ocho plantas aplican la verificación (línea de base: 0).",
            "Oito usinas aplicam a verificação (linha de base: 0).",
            "Eight plants apply the check (baseline: 0).",
            "Huit usines appliquent la vérification (départ : 0).",
        ),
    ),
    adaptability=in_four(
        "Sirve a toda cadena que compra a fincas pequeñas y tiene un registro de proveedores.",
        "Serve a toda cadeia que compra de propriedades pequenas e tem um registro de fornecedores.",
        "It suits any chain that buys from small farms and keeps a register of suppliers.",
        "Elle convient à toute filière qui achète à de petites exploitations et tient un registre des fournisseurs.",
    ),
    sustainability=in_four(
        "La hoja de ruta RDM-2026-0003 da a cada medida un responsable y un plazo.",
        "O roteiro RDM-2026-0003 dá a cada medida um responsável e um prazo.",
        "Roadmap RDM-2026-0003 gives each measure an owner and a date.",
        "La feuille de route RDM-2026-0003 donne à chaque mesure un responsable et un délai.",
    ),
    materials=(
        Material(
            title=in_four(
                "Protocolo de verificación de edad",
                "Protocolo de verificação de idade",
                "Protocol for age checks",
                "Protocole de vérification de l’âge",
            ),
            address="https://agricultura.example.co/protocolo",
            licence="CC BY 4.0",
        ),
    ),
    origin=EXCHANGE,
    steps=tuple(
        Step(
            number=number,
            name=in_four(es, pt, en, fr),
            state="done" if left_on else "under_way",
            entered_on=entered_on,
            left_on=left_on,
        )
        for number, (es, pt, en, fr, entered_on, left_on) in enumerate(STAGES, start=1)
    ),
    attendance=(
        Attendance(bench=GOVERNMENT, women=14, men=11, unknown=0),
        Attendance(bench=EMPLOYERS, women=3, men=6, unknown=None),
        Attendance(bench=WORKERS, women=5, men=4, unknown=None),
    ),
    draft=True,
)
