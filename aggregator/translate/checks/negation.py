"""A "not" that one side says and the other does not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aggregator.text.keys import folded
from aggregator.text.simplified import simplified
from aggregator.translate.checks.pair import Finding, Pair


@dataclass(frozen=True, slots=True)
class Cues:
    """How a language denies."""

    sure: re.Pattern[str]  #: what other languages say with a "not" too
    perhaps: re.Pattern[str]  #: what may stand for one: fail, lack, un-


def _cues(sure: str, perhaps: str) -> Cues:
    return Cues(re.compile(sure), re.compile(perhaps))


_HAN_CUES = _cues(
    # 不仅, 不断, 不同, 不久, 不过 … deny nothing; 不 and 莫 spell names: 那不勒斯, 莫拉莱斯.
    r"不(?!仅|只是|断|过|同|但|少|久|禁|妨|管|论|单|光|错|惜|如|止|料|良|由|时|停|愧|外乎|安|满|已"
    r"|得不|到|明|勒|列|尔|拉|丹|二|等|佳|利|便|幸|会超过)"
    r"|没(?!收|落|准)|无(?!论|数|人机|线|疑|非|锡|比|辜|核|期)|未(?!来|必|婚)|并非|绝非|(?<!无)(?<!除)非(?=法|正)"
    r"|勿|莫(?=要|非)|否(?!则|认|决|定)(?<!是否)(?<!能否)(?<!会否)",
    r"不|没|无|未|非|莫|否|免|拒|缺|失|难|禁|罕|少|防|停|止|零|除|别|毫|反|错|避|空|绝|弃|甚少|匿|脱|闲|乏",
)

_CUES: Mapping[str, Cues] = {
    "en": _cues(
        # "not only" and "no doubt" affirm.
        r"\b(?:not(?! only| just| least| merely)|\w+n['’]t|no(?! doubt|\.? ?\d)|never|none|nobody"
        r"|no-one|nothing|nowhere|neither|nor|cannot|without)\b",
        r"\b(?:un|in|im|il|ir|dis|mis|non|anti)\w{3,}|\w+less\b|\b(?:fail|lack|refus|den(?:y|i)|unable"
        r"|rather|instead|unless|hard(?:ly)?\b|barely|scarce|rare|few\b|little\b|lest\b|prevent"
        r"|avoid"
        r"|absen|stop|ban\b|bann|end\b|ended|miss|lost|lose|los|free\b|far from|yet\b|reject"
        r"|declin|only"
        r"|prohibit|forbid|exclu|except|but\b|too\b|zero|out of|opp|against|illegal|ignor"
        r"|short of|before"
        r"|not\b|no\b|least\b|until|till\b|doubt|wrong|withhold|withdr|drop|void|escape|keep)",
    ),
    "ja": _cues(
        r"(?:ませ|せ)ん(?!か[?？])"
        r"|(?<!少)(?<!危)(?<!もったい)(?<!かもしれ)(?<!しか)(?<!違い)(?<!違いは)(?<!間違い)(?<!ちがい)(?<!関係)(?<!仕方)(?<!まも)"
        r"(?<!間も)(?<!るまでも)(?<!はいけ)(?<!ばいけ)"
        r"な(?:い(?!だけ)(?!といけ)(?!となら)(?!か[。?？])|かった|く(?!ては|ちゃ|なって|なる|なり|し|すべ)|くて(?!は)"
        r"|ければ(?!な|い))(?<!ばならない)(?<!ばならな)"
        r"|(?<=[ぁ-ん])(?<!ま)(?<!かかわら)(?<!関わら)(?<!は)(?<!思わ)ず(?:に|、|。|と|じまい)|無罪"
        r"|なし(?:[にでの。、]|$)|未だ?(?=[定知完公解経])|不(?=可能|能|法|正)|ぬ(?=[。、まよう])|まい[。、]",
        r"な[いくしかけ]|ん(?=[。で])|ず|不|無|未|非|欠|止|失|否|拒|避|防|難|反|外|禁|だけ|のみ|しか|ぬ|まい|以外|いいえ|ノー"
        r"|ノン|ゼロ|断|減|ダメ|駄目|代わり|抜|免|脱|忘|悪|絶|消|罪",
    ),
    "ko": _cues(
        r"(?<![가-힣])(?:안|못)(?=\s|[가-힣]{0,2}[하되했할한])"
        r"|지\s?(?:는|도|를|가)?\s?(?:않(?!을까)|못|마[라시세]|말[라고아])"
        r"|않(?!으면 안)|못[하했한할해]"
        r"|(?<!끊임)(?<!상관)(?<!수밖에 )(?<!밖에 )없(?!애|앤|앨|어서는 안)"
        r"|(?<!뿐만 )(?<!뿐 )아니(?=라[고는며]|다|었|며|고|야|ㅂ)"
        r"|아닌|아닙|불가능|무죄|모르[겠는]|몰[랐라](?!요)",
        r"안|못|않|없|아니|아닌|아닙|불|비|미|무|말[라고아]|모르|몰|실패|부족"
        r"|거부|부인|막|피하"
        r"|금지|대신|반대|뿐|만|밖"
        r"|중단|제외|거절|그만|드물|힘들|어렵"
        r"|전혀|결코|별로|여전히|아직|잃|덜|적[은을]|지 마|지마|노[딜\s-]",
    ),
    "zh-Hans": _HAN_CUES,
    "zh-Hant": _HAN_CUES,
    "vi": _cues(
        r"(?<!hàng )\bkhông\b(?! chỉ| gian| khí| quân| những| lực| lưu| kích| tặc| kể)"
        r"|\bchưa\b(?!\s*\?)"
        r"|\bchẳng\b(?! hạn)|\bđừng\b|\bchả\b|\bvô (?:tội|ích|hiệu|danh|hại|trách)"
        r"|\bphi\b(?= (?:pháp|lý|lợi))",
        r"không|chưa|chẳng|đừng|chả|\bvô\b|\bphi\b|\bbất\b|thiếu|khỏi|thất|từ chối|phủ nhận|ngừng"
        r"|cấm|tránh|ngoài"
        r"|khó|hiếm|trừ|mất|thay vì|ít|hết|ngăn|chống|miễn|thôi|bác bỏ|kém|hoãn|tuyệt|mà\b|hơn là"
        r"|dừng|phản|chỉ",
    ),
    "th": _cues(
        r"ไม่(?!ว่า|นาน|กี่|เพียง|ช้า|เช่นนั้น|เท่าไ|แน่)|มิ(?=ได้|ใช่|อาจ|ให้)|ห้าม|ไร้|ปราศจาก"
        r"|อย่า(?!ง)",
        r"ไม่|มิ|ห้าม|ไร้|ปราศ|อย่า(?!ง)|ขาด|ล้มเหลว|ปฏิเสธ|หยุด|งด|เลี่ยง|ยาก|แทน|เว้น|ยกเลิก"
        r"|ป้องกัน|น้อย|ต่อต้าน"
        r"|ยัง|นอก|เลิก|หมด|ผิด|หลุด|พ้น|เกิน|แค่|เพียง|ว่างเปล่า|สูญ|โมฆะ|เปล่า",
    ),
    "id": _cues(
        r"\b(?:tidak(?! hanya| cuma)(?:lah)?|bukan(?! hanya| cuma)(?:lah|nya)?|belum|tanpa"
        r"|jangan(?!kan)|tak(?! hanya)|nggak|enggak|tiada|ketidak\w+|takkan)\b",
        r"tidak|tak|bukan|belum|tanpa|jangan|tiada|enggak|nggak|gagal|kurang|menolak|membantah"
        r"|berhenti|larang|cegah"
        r"|hindar|sulit|jarang|selain|kecuali|hilang|henti|melainkan|daripada|hanya|non|anti"
        r"|sedikit|batal|tolak|bebas|habis"
        r"|lepas|\bnol\b|absen|tunda|lawan|salah",
    ),
}  # fmt: skip


def negation(pair: Pair) -> Iterator[Finding]:
    """Yield how many denials one side has more than the other has words that may stand for one."""
    source, said = _CUES.get(pair.language), _CUES.get(pair.target)
    if source is None or said is None:
        return
    one, other = _plain(pair.source, pair.language), _plain(pair.said, pair.target)
    denied, affirmed = source.sure.findall(one), said.sure.findall(other)
    if (lost := len(denied) - max(len(affirmed), len(said.perhaps.findall(other)))) > 0:
        yield Finding("denial lost", lost, f"does not say “{denied[0]}”")
    if denied and not affirmed:
        yield Finding("denial unsure", 1.0, f"hardly says “{denied[0]}”")
    if (new := len(affirmed) - max(len(denied), len(source.perhaps.findall(one)))) > 0:
        yield Finding("denial new", new, f"says “{affirmed[0]}”")
    if affirmed and not denied:
        yield Finding("denial perhaps new", 1.0, f"says “{affirmed[0]}”, perhaps against it")
    if len(denied) > len(affirmed) > 0:
        yield Finding("fewer denials", len(denied) - len(affirmed), "denies less often")


def _plain(text: str, language: str) -> str:
    return simplified(folded(text)) if language == "zh-Hant" else folded(text)
