"""A metadata record in ISO 19139, as a web-accessible folder and a CSW serve it."""

from xml.sax.saxutils import escape, quoteattr

from tests.harvest.exemplars.exemplar import Item

NAMESPACES = (
    'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" '
    'xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def record(item: Item) -> str:
    """One record: its identifier, level, title, revision date and links."""
    return f"""<gmd:MD_Metadata {NAMESPACES}>
<gmd:fileIdentifier>{string(item.id)}</gmd:fileIdentifier>
<gmd:hierarchyLevel><gmd:MD_ScopeCode codeList="#MD_ScopeCode" codeListValue="dataset"/></gmd:hierarchyLevel>
<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
<gmd:title>{string(item.title)}</gmd:title>{_revision(item)}
</gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>
{"".join(map(_link, item.urls))}
</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
</gmd:MD_Metadata>"""


def string(value: object) -> str:
    """A value as the text of a property."""
    return f"<gco:CharacterString>{escape(str(value))}</gco:CharacterString>"


def _revision(item: Item) -> str:
    if item.modified is None:
        return ""
    kind = f"<gmd:CI_DateTypeCode codeList={quoteattr('#CI_DateTypeCode')} codeListValue={quoteattr('revision')}/>"
    date = f"<gmd:date><gco:Date>{escape(str(item.modified))}</gco:Date></gmd:date>"
    return f"<gmd:date><gmd:CI_Date>{date}<gmd:dateType>{kind}</gmd:dateType></gmd:CI_Date></gmd:date>"


def _link(url: str) -> str:
    linkage = f"<gmd:linkage><gmd:URL>{escape(url)}</gmd:URL></gmd:linkage>"
    return f"<gmd:onLine><gmd:CI_OnlineResource>{linkage}</gmd:CI_OnlineResource></gmd:onLine>"
