"""Made-up references in every format, and what each says of the same work."""

from __future__ import annotations

from pathlib import Path

from lhs_nlp.references import ReferenceFile, read_references

RIS = """TY  - JOUR
AU  - Okafor, Ada N.
AU  - de la Cruz, Jos\u00e9
T1  - Fewer falls after a learning
health system was set up
JO  - Ward Quart
JF  - Ward Quarterly
Y1  - 2021/03//
VL  - 12
IS  - 4
SP  - 101
EP  - 109
SN  - 1111-2222
DO  - https://doi.org/10.1234/WQ.2021.7
U1  - 31234567 [PMID]
N2  - Background: Falls harm.

Results: Falls fell by 12%.
KW  - accidental falls; learning health systems
KW  - safety
LA  - en
UR  - https://example.org/7
XX  - a tag of one vendor
N1  - Accession Number: 77
ER  - 

TY  - RPRT
TI  - Waiting times of one clinic
A1  - Ministry of Made-up Health
PY  - 2019
ER  - 
"""

NBIB = """
PMID- 31234567
OWN - NLM
STAT- MEDLINE
TI  - Fewer falls after a learning
      health system was set up
PG  - 101-109
LID - 10.1234/WQ.2021.7 [doi]
AB  - BACKGROUND: Falls harm.
      RESULTS: Falls fell by 12%.
FAU - Okafor, Ada N
AU  - Okafor AN
FAU - de la Cruz, Jos\u00e9
AU  - de la Cruz J
LA  - eng
PT  - Journal Article
DP  - 2021 Mar
TA  - Ward Q
JT  - Ward quarterly
MH  - *Accidental Falls/prevention & control
OT  - safety
VI  - 12
IP  - 4
AID - S1111-2222(21)00007-1 [pii]
AID - 10.1234/WQ.2021.7 [doi]
SO  - Ward Q. 2021 Mar;12(4):101-109.

PMID- 31234568
TI  - Waiting times of one clinic
DP  - 2019
"""

BIBTEX = r"""% exported by hand
@string{wq = "Ward Quarterly"}
@preamble{"\newcommand{\x}{y}"}

@article{okafor2021,
  author = {Okafor, Ada N. and Jos{\'e} de la Cruz and {Ward Group}},
  title = "{Fewer} falls after a learning health system was set up: 50\% at \$3",
  journal = wq,
  year = 2021,
  month = mar,
  volume = {12},
  number = {4},
  pages = {101--109},
  doi = {10.1234/WQ.2021.7},
  pmid = {31234567},
  keywords = {accidental falls, safety},
  abstract = {Falls {\&} harm of na{\"\i}ve ``care''.},
  local-file = {C:\papers\7.pdf}
}

@comment{jabref-meta: databaseType:bibtex;}

@techreport{clinic2019,
  title = {Waiting times of one clinic},
  institution = {Ministry of Made-up Health},
  year = {2019},
}
"""

CSL = """[
  {"id": "okafor2021", "type": "article-journal", "title": "Fewer falls after a learning health system was set up",
   "author": [{"family": "Okafor", "given": "Ada N."},
              {"family": "Cruz", "given": "Jos\u00e9", "non-dropping-particle": "de la"}, {"literal": "Ward Group"}],
   "issued": {"date-parts": [[2021, 3]]}, "container-title": "Ward Quarterly", "volume": 12, "issue": "4",
   "page": "101-109", "DOI": "10.1234/WQ.2021.7", "PMID": "31234567", "keyword": "accidental falls, safety",
   "abstract": "<p>Falls harm.</p><p>Falls fell by 12%.</p>", "language": "en", "custom": {"shelf": [1, 2.5, null]}},
  {"id": 2, "type": "report", "title": "Waiting times of one clinic", "issued": {"raw": "May 2019"}}
]
"""

CSV = """Title,Authors,Publication Year,DOI,PubMed ID,Source title,Abstract,Author Keywords,Decision,
Fewer falls after a learning health system was set up,"Okafor, Ada N.; de la Cruz, Jos\u00e9",2021,10.1234/WQ.2021.7,\
31234567,Ward Quarterly,"Falls harm.
Falls ""fell"" by 12%.",accidental falls; safety,in,
Waiting times of one clinic,"Doe J, Roe KL",2019,,,,,,out,extra
"""

PUBMED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example.org/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM">
    <PMID Version="1">31234567</PMID>
    <Article PubModel="Print">
      <Journal><ISSN IssnType="Print">1111-2222</ISSN>
        <JournalIssue><Volume>12</Volume><Issue>4</Issue><PubDate><Year>2021</Year><Month>Mar</Month></PubDate>
        </JournalIssue><Title>Ward quarterly</Title></Journal>
      <ArticleTitle>Fewer <i>falls</i> after a learning health system was set up</ArticleTitle>
      <Pagination><StartPage>101</StartPage><EndPage>109</EndPage><MedlinePgn>101-9</MedlinePgn></Pagination>
      <ELocationID EIdType="pii" ValidYN="Y">S7</ELocationID>
      <Abstract><AbstractText Label="BACKGROUND">Falls harm.</AbstractText>
        <AbstractText Label="RESULTS">Falls fell by 12 m<sup>2</sup> &amp; more.</AbstractText></Abstract>
      <AuthorList CompleteYN="Y">
        <Author ValidYN="Y"><LastName>Okafor</LastName><ForeName>Ada N</ForeName><Initials>AN</Initials>
          <AffiliationInfo><Affiliation>Ward 7</Affiliation></AffiliationInfo></Author>
        <Author><CollectiveName>Ward Group</CollectiveName></Author></AuthorList>
      <Language>eng</Language>
      <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
    </Article>
    <MeshHeadingList><MeshHeading><DescriptorName UI="D000058">Accidental Falls</DescriptorName></MeshHeading>
    </MeshHeadingList>
    <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">safety</Keyword></KeywordList>
  </MedlineCitation>
  <PubmedData><ArticleIdList><ArticleId IdType="pubmed">31234567</ArticleId>
    <ArticleId IdType="doi">10.1234/WQ.2021.7</ArticleId></ArticleIdList>
    <ReferenceList><Reference><Citation>Cited</Citation><ArticleIdList><ArticleId IdType="doi">10.9999/cited</ArticleId>
    </ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>
<PubmedBookArticle><BookDocument><PMID Version="1">31234568</PMID>
  <Book><BookTitle>Clinics</BookTitle><PubDate><Year>2019</Year></PubDate></Book>
  <ArticleTitle>Waiting times of one clinic</ArticleTitle></BookDocument></PubmedBookArticle>
</PubmedArticleSet>
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="w.enl">w.enl</database>\
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal" size="100%">Okafor, \
Ada N.</style></author><author><style face="normal">de la Cruz, Jos\u00e9</style></author></authors></contributors>\
<titles><title><style face="normal">Fewer </style><style face="italic">falls</style><style face="normal"> after a \
learning health system was set up</style></title><secondary-title><style>Ward Quarterly</style></secondary-title>\
</titles><pages><style>101-109</style></pages><volume>12</volume><number>4</number><keywords><keyword>accidental \
falls</keyword><keyword>safety</keyword></keywords><dates><year>2021</year></dates><accession-num>31234567\
</accession-num><abstract><style>Falls harm &amp; cost.</style></abstract><electronic-resource-num>10.1234/WQ.2021.7\
</electronic-resource-num><remote-database-name>PubMed</remote-database-name></record>
<record><ref-type name="Report">27</ref-type><titles><title>Waiting times of one clinic</title></titles><dates><year>\
2019</year></dates></record></records></xml>
"""

ZOTERO = """<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:vcard="http://nwalsh.com/rdf/vCard#"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" xmlns:own="https://example.org/own#">
  <bib:Article rdf:about="https://example.org/7">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1111-2222"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Okafor</foaf:surname><foaf:givenName>Ada N.</foaf:givenName></foaf:Person>
      </rdf:li>
      <rdf:li><foaf:Person>
        <foaf:surname>de la Cruz</foaf:surname><foaf:givenName>Jos\u00e9</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>Ward Group</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <dcterms:isReferencedBy rdf:resource="#item_2"/>
    <link:link rdf:resource="#item_3"/>
    <dc:subject><z:AutomaticTag><rdf:value>accidental falls</rdf:value></z:AutomaticTag></dc:subject>
    <dc:subject>safety</dc:subject>
    <dc:title>Fewer falls after a learning health system was set up</dc:title>
    <dcterms:abstract>Falls harm &amp; cost.</dcterms:abstract>
    <dc:date>2021-03</dc:date>
    <z:language>en</z:language>
    <dc:identifier><dcterms:URI><rdf:value>https://example.org/7</rdf:value></dcterms:URI></dc:identifier>
    <bib:pages>101-109</bib:pages>
    <dc:description>PMID: 31234567
read twice</dc:description>
    <own:shelf own:row="3">blue</own:shelf>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1111-2222">
    <prism:volume>12</prism:volume><dc:title>Ward Quarterly</dc:title><prism:number>4</prism:number>
    <dc:identifier>DOI 10.1234/WQ.2021.7</dc:identifier><dc:identifier>ISSN 1111-2222</dc:identifier>
  </bib:Journal>
  <bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;To be read &amp;amp; discussed&lt;/p&gt;</rdf:value></bib:Memo>
  <z:Attachment rdf:about="#item_3">
    <z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/3/falls.pdf"/><dc:title>Full text</dc:title>
  </z:Attachment>
  <bib:Report rdf:about="#item_4">
    <z:itemType>report</z:itemType>
    <dc:publisher><foaf:Organization><foaf:name>Ministry of Made-up Health</foaf:name></foaf:Organization>
    </dc:publisher>
    <dc:title>Waiting times of one clinic</dc:title><dc:date>2019</dc:date>
  </bib:Report>
  <z:Collection rdf:about="#collection_5"><dc:title>Falls</dc:title><dcterms:hasPart rdf:resource="#item_4"/>
  </z:Collection>
</rdf:RDF>
"""

TEXTS = {
    "ris": RIS,
    "nbib": NBIB,
    "bibtex": BIBTEX,
    "csl": CSL,
    "csv": CSV,
    "pubmed": PUBMED,
    "endnote": ENDNOTE,
    "zotero": ZOTERO,
}
"""One example of every format that is text; each holds the same two works."""


def read_text(folder: Path, text: str | bytes, name: str = "export.txt") -> ReferenceFile:
    """Read what a file of this content holds; the name gives nothing away."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_references(path)
