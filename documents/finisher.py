# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The last touch on a PDF: one file that is both PDF/A-3a and PDF/UA-1.

WeasyPrint writes one standard at a time and compresses the metadata, which PDF/A forbids. This adds the
identification of PDF/UA, with the description of its name that PDF/A asks for, and leaves the metadata plain. Only
the child imports this module.
"""

import pydyf

_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
rdf:about=""> <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"> <pdfaSchema:schema>PDF/UA
identification</pdfaSchema:schema> <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix> <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name> <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category> <pdfaProperty:description>The part of ISO 14289 that the file
follows</pdfaProperty:description> </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas> </rdf:Description>
"""
_END = b"</rdf:RDF>"


def also_accessible(_document: object, pdf: pydyf.PDF) -> None:
    """A WeasyPrint finisher: names PDF/UA-1 beside PDF/A-3a, in metadata that anybody can read."""
    metadata = next(
        each for each in pdf.objects if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata"
    )
    content = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    if content.count(_END) != 1:
        raise ValueError("the metadata does not end where expected")
    metadata.stream = [content.replace(_END, _UA + _END)]
    metadata.compress = False
