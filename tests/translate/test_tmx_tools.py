"""Memories as other tools write them, and as attackers do."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator.errors import ConfigError
from aggregator.translate.tmx import read_tmx

TRADOS = """<?xml version="1.0" encoding="utf-16"?>
<tmx version="1.4">
  <header creationtool="SDL Language Platform" creationtoolversion="8.0" o-tmf="SDL TM8 Format"
    datatype="xml" segtype="sentence" adminlang="ja-JP" srclang="ja-JP"
    creationdate="20260401T080000Z" creationid="DESK\\mika">
    <prop type="x-Recognizers">RecognizeAll</prop>
    <note>Made for the network.</note>
  </header>
  <body>
    <tu creationdate="20260401T080000Z" creationid="DESK\\mika" usagecount="3">
      <prop type="x-LastUsedBy">DESK\\ken</prop>
      <tuv xml:lang="ja-JP"><seg><ut>{\\b </ut>授業<ut>}</ut>研究</seg></tuv>
      <tuv xml:lang="en-US"><seg><bpt i="1" type="1" x="1"/>Lesson<ept i="1"/> study</seg></tuv>
    </tu>
  </body>
</tmx>"""

OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="6.0" segtype="sentence" srclang="JA"/>
  <body>
<!-- Default translations -->
    <tu>
      <tuv lang="JA"><seg>授業研究</seg></tuv>
      <tuv lang="EN-US" changeid="mika" changedate="20260401T080000Z" creationid="mika"
        creationdate="20260301T080000Z"><seg>Lesson study</seg></tuv>
    </tu>
<!-- Alternative translations -->
    <tu>
      <note>For the title only</note>
      <prop type="file">news.html</prop>
      <tuv xml:lang="ja"><seg>&lt;b0&gt;公開&lt;/b0&gt;</seg></tuv>
      <tuv xml:lang="en"><seg>&lt;b0&gt;Open&lt;/b0&gt;</seg></tuv>
    </tu>
  </body>
</tmx>"""

MEMOQ = """<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4"><header creationtool="MemoQ" segtype="sentence" adminlang="en-us"
 srclang="zh-TW" o-tmf="MemoQTM" datatype="unknown"><prop type="defclient">Network</prop></header>
<body><tu changedate="20260401T080000Z" creationid="mika" changeid="ken">
<prop type="client">Network</prop>
<tuv xml:lang="zh-TW"><prop type="x-context-pre">&lt;seg&gt;前&lt;/seg&gt;</prop>
<seg>學習<it pos="begin">&lt;br/&gt;</it>共同體</seg></tuv>
<tuv xml:lang="en"><seg>Learning<it pos="begin">&lt;br/&gt;</it> community</seg></tuv></tu>
</body></tmx>"""

OKAPI = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="oku_rainbow" creationtoolversion="1" segtype="paragraph"
 o-tmf="okp" adminlang="en" srclang="*all*" datatype="text/html"></header><body>
<tu tuid="1"><prop type="Txt::FileName">a.html</prop>
<tuv xml:lang="vi-vn"><seg>Bài <bpt i="1" x="1">&lt;b></bpt>học<ept i="1">&lt;/b></ept><ph
 x="2">&lt;img alt="<sub>ảnh</sub>"/></ph></seg></tuv>
<tuv xml:lang="en-us"><seg><hi type="x-b">Le<hi>ss</hi>on</hi></seg></tuv></tu></body></tmx>"""


@dataclass(frozen=True)
class Tool:
    text: str
    charset: str
    found: list[tuple[str, str, str, str]]


TOOLS = {
    "trados": Tool(TRADOS, "utf-16", [("ja", "授業研究", "en", "Lesson study")]),
    "trados, big-endian": Tool(
        TRADOS.replace("\n", "\r\n"), "utf-16-be", [("ja", "授業研究", "en", "Lesson study")]
    ),
    "omegat": Tool(
        OMEGAT,
        "utf-8-sig",
        [
            ("ja", "授業研究", "en", "Lesson study"),
            ("ja", "<b0>公開</b0>", "en", "<b0>Open</b0>"),
        ],
    ),
    "memoq": Tool(MEMOQ, "utf-8", [("zh-Hant", "學習共同體", "en", "Learning community")]),
    "okapi": Tool(
        OKAPI, "utf-8", [("vi", "Bài học", "en", "Lesson"), ("en", "Lesson", "vi", "Bài học")]
    ),
}


@pytest.mark.parametrize("name", TOOLS)
def test_memories_of_other_tools_are_read(tmp_path: Path, name: str) -> None:
    tool = TOOLS[name]
    path = tmp_path / "x.tmx"
    mark = b"\xfe\xff" if tool.charset == "utf-16-be" else b""
    path.write_bytes(mark + tool.text.encode(tool.charset))
    found = list(read_tmx(path))
    assert [(e.language, e.source_text, e.target, e.target_text) for e in found] == tool.found
    assert {each.version for each in found} <= {"mika", "DESK\\mika", ""}


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)
UNIT = (
    '<tu><tuv xml:lang="ja"><seg>{}</seg></tuv><tuv xml:lang="en" {}><seg>x</seg></tuv></tu>'
    "</body></tmx>"
)
HEAD = '<tmx version="1.4"><header srclang="ja"/><body>'

ATTACKS = {
    "a bomb in a text": f"<!DOCTYPE tmx [{LAUGHS}]>{HEAD}{UNIT.format('&l9;', '')}",
    "a bomb in an attribute": f"<!DOCTYPE tmx [{LAUGHS}]>{HEAD}"
    + UNIT.format("授業", 'creationid="&l9;"'),
    "a long entity, many times": f'<!DOCTYPE tmx [<!ENTITY a "{"x" * 50_000}">]>{HEAD}'
    + UNIT.format("&a;" * 5_000, ""),
    "a file of this machine": '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    + HEAD
    + UNIT.format("&a;", ""),
    "an endless depth": HEAD + "<tu>" + "<hi>" * 100_000,
    "an endless name": HEAD + "<" + "x" * 20_000_000,
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_with_the_file_s_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(ATTACKS[name])
    with pytest.raises(ConfigError, match=r"x\.tmx:"):
        list(read_tmx(path))


@pytest.mark.parametrize("charset", ["shift_jis", "gb18030", "iso-2022-jp"])
def test_a_file_in_an_old_charset_is_read_or_refused_but_never_garbled(
    tmp_path: Path, charset: str
) -> None:
    path = tmp_path / "x.tmx"
    text = f'<?xml version="1.0" encoding="{charset}"?>{HEAD}{UNIT.format("授業研究", "")}'
    path.write_bytes(text.encode(charset))
    try:
        assert [each.source_text for each in read_tmx(path)] == ["授業研究"]
    except ConfigError as err:
        assert "x.tmx" in str(err)
