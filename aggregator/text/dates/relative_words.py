"""The words with which each language counts from now: 昨日, 3시간 전, hôm qua, 2 jam yang lalu."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's. Patterns are regular expressions, in lower case."""

    now: str  #: words for this moment, separated by bars as all of them
    days: Mapping[int, str]  #: days from today -> words
    periods: Mapping[tuple[Unit, int], str]  #: last week, this month, next year
    units: Mapping[Unit, str]
    numbers: Mapping[str, float]  #: those that are words
    half: str  #: what adds a half behind a unit
    ago: tuple[tuple[str, str], ...]  #: what stands before and behind a time that has passed
    ahead: tuple[tuple[str, str], ...]  #: and one that is to come
    of_week: Mapping[int, str]  #: what beside a weekday says which week's it is
    days_counted: Mapping[str, int] = field(default_factory=dict)  #: numbers of days in a word
    beside: str = ""  #: plain words that may stand around it all and change nothing


def _numbers(words: str, first: float = 1) -> dict[str, float]:
    """Return what each of *words* counts, from *first* on; / stands between two for the same."""
    return {
        name: first + number
        for number, names in enumerate(words.split())
        for name in names.split("/")
    }


def _days(words: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(words.split(), 1)}


_HAN = {
    **_numbers("一 二/两/兩 三 四 五 六 七 八 九 十 十一 十二"),
    "二十": 20,
    "三十": 30,
    "半": 0.5,
}

_JAPANESE = Words(
    now="現在|いま|たった今|ただいま|ただ今|先ほど|先程|さきほど|さっき|1 ?時間以内|1 ?分以内|"
    "今しがた|たったいま|数[分秒]前",
    days={
        0: "今日|きょう|本日|今(?=[朝夜晩夕])|今朝|今夜|今晩|今",
        -1: "昨日|きのう|さくじつ|昨(?=[朝夜晩夕])|昨夜|昨晩|ゆうべ|昨",
        -2: "一昨日|おととい|おとつい|一昨",
        -3: "一昨々日|一昨昨日|さきおととい",
        1: "明日|あす|あした|みょうにち|明(?=[朝夜晩夕])|明朝|明晩|明",
        2: "明後日|あさって",
        3: "明々後日|明明後日|しあさって",
    },
    periods={
        ("week", 0): "今週", ("week", -1): "先週|昨週", ("week", -2): "先々週|先先週",
        ("week", 1): "来週", ("week", 2): "再来週",
        ("month", 0): "今月", ("month", -1): "先月|昨月", ("month", -2): "先々月|先先月",
        ("month", 1): "来月", ("month", 2): "再来月",
        ("year", 0): "今年|ことし|本年", ("year", -1): "去年|昨年|きょねん|旧年",
        ("year", -2): "一昨年|おととし", ("year", 1): "来年", ("year", 2): "再来年",
    },
    units={
        "second": "秒間?", "minute": "分間?", "hour": "時間", "day": "日間?", "week": "週間?",
        "month": "(?:[かカヶヵケ]|箇|ケ|個)月間?", "year": "年間?",
    },
    numbers=_HAN, half="半",
    ago=(("", "前|まえ"),),
    ahead=(("", "後|のち|あと"),),
    of_week={0: "今週の?|今度の", -1: "先週の?|前の|この前の", -2: "先々週の?", 1: "来週の?"},
    beside="の|に|約|およそ|頃|ごろ|公開|更新|掲載|投稿|配信|作成|登録|発表|夕|時点|付|付け",
)  # fmt: skip

_CHINESE = Words(
    now="[几幾数數][分秒][钟鐘]?(?:以|之)?前|现在|現在|刚刚|剛剛|刚才|剛才|方才|此刻|目前|刚|剛|[这這本]一?(?:刻|秒[鐘钟]?|分鐘|分钟|小時|小时)",
    days={
        0: "今天|今日|今(?=[早晨晚夜天])|今早|今晨|今晚|今夜|今儿|当天|今",
        -1: "昨天|昨日|昨(?=[早晨晚夜])|昨晚|昨夜|昨晨|昨儿|昨",
        -2: "前天|前日|前晚", -3: "大前天",
        1: "明天|明日|明早|明晚|明晨|翌日|明", 2: "后天|後天", 3: "大后天|大後天",
    },
    periods={
        ("week", 0): "[本这這]一?[个個]?(?:周|週|星期|礼拜|禮拜)",
        ("week", -1): "上一?[个個]?(?:周|週|星期|礼拜|禮拜)",
        ("week", -2): "上上[个個]?(?:周|週|星期|礼拜|禮拜)",
        ("week", 1): "下一?[个個]?(?:周|週|星期|礼拜|禮拜)",
        ("month", 0): "[本这這]一?[个個]?月|当月|當月", ("month", -1): "上一?[个個]?月",
        ("month", -2): "上上[个個]?月", ("month", 1): "下一?[个個]?月",
        ("year", 0): "今年|本年", ("year", -1): "去年", ("year", -2): "前年",
        ("year", 1): "明年", ("year", 2): "后年|後年",
    },
    units={
        "second": "秒[钟鐘]?", "minute": "分[钟鐘]?",
        "hour": "[个個]?(?:小[时時]|[钟鐘][头頭])|[时時]", "day": "[天日]",
        "week": "[个個]?(?:星期|礼拜|禮拜)|周|週", "month": "[个個箇]月", "year": "年",
    },
    numbers=_HAN, half="半",
    ago=(("", "(?:以|之)?前"),),
    ahead=(("", "(?:以|之)?[后後]"), ("再过|再過", "")),
    of_week={0: "本|[这這]一?[个個]?", -1: "上一?[个個]?", -2: "上上[个個]?", 1: "下一?[个個]?"},
    beside="约|約|大约|大約|的|於|于|在|发布|發布|发表|發表|更新|发文|發文|编辑|編輯|左右|电|電|讯|訊",
)  # fmt: skip

_KOREAN = Words(
    now="현재\\s?시간|현재\\s?분|방금|방금\\s?전|지금|조금\\s?전|현재|금방|"
    "(?:몇|수)\\s?[분초]\\s?전",
    days={
        0: "오늘|금일", -1: "어제|작일|어젯", -2: "그제|그저께|엊그저께", -3: "그끄저께|그끄제",
        1: "내일|명일", 2: "모레", 3: "글피",
    },
    periods={
        ("week", 0): "이번\\s?주|금주", ("week", -1): "지난\\s?주|저번\\s?주|전주",
        ("week", -2): "지지난\\s?주", ("week", 1): "다음\\s?주|내주",
        ("month", 0): "이번\\s?달|이달|금월", ("month", -1): "지난\\s?달|저번\\s?달|전월",
        ("month", -2): "지지난\\s?달", ("month", 1): "다음\\s?달|내달",
        ("year", 0): "올해|금년", ("year", -1): "작년|지난\\s?해", ("year", -2): "재작년",
        ("year", 1): "내년|다음\\s?해", ("year", 2): "내후년",
    },
    units={
        "second": "초", "minute": "분", "hour": "시간", "day": "일", "week": "주일?",
        "month": "개월|달", "year": "년|해",
    },
    numbers={
        **_numbers("한/일 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두"),
        **_numbers("이 삼/석 사/넉 오 육 칠 팔 구 십", first=2), "반": 0.5, "스무": 20,
    },
    days_counted={
        **_days("하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘"), "보름": 15,
    },
    half="반",
    ago=(("", "이?전에?"),),
    ahead=(("", "[후뒤]에?"),),
    of_week={0: "이번\\s?주", -1: "지난\\s?주?|저번\\s?주?", -2: "지지난\\s?주", 1: "다음\\s?주?"},
    beside="약|입력|수정|등록|작성|게시|업데이트|아침|저녁|밤|낮|점심|에",
)  # fmt: skip

_VIETNAMESE = Words(
    now="giờ này|phút này|vừa xong|vừa mới|(?:vừa )?mới đây|(?:ngay )?bây giờ|lúc này|hiện tại|"
    "vừa rồi|(?:cách đây )?(?:vài|mấy) (?:phút|giây)(?: trước)?",
    days={
        0: "(?:ngày )?hôm nay|nay|bữa nay", -1: "(?:ngày )?hôm qua|qua|bữa qua",
        -2: "(?:ngày )?hôm kia|hôm kia", -3: "(?:ngày )?hôm kìa",
        1: "ngày mai|mai", 2: "ngày kia|ngày mốt|mốt",
    },
    periods={
        ("week", 0): "tuần này", ("week", -1): "tuần trước|tuần qua|tuần rồi",
        ("week", 1): "tuần sau|tuần tới", ("month", 0): "tháng này",
        ("month", -1): "tháng trước|tháng qua|tháng rồi", ("month", 1): "tháng sau|tháng tới",
        ("year", 0): "năm nay", ("year", -1): "năm ngoái|năm trước|năm qua|năm rồi",
        ("year", -2): "năm kia", ("year", 1): "năm sau|năm tới|sang năm",
    },
    units={
        "second": "giây", "minute": "phút", "hour": "giờ đồng hồ|tiếng đồng hồ|giờ|tiếng",
        "day": "ngày|hôm", "week": "tuần", "month": "tháng", "year": "năm",
    },
    numbers={
        **_numbers("một hai ba bốn/tư năm sáu bảy/bẩy tám chín mười"), "nửa": 0.5,
    },
    half="rưỡi",
    ago=(("", "trước|trước đây|về trước"), ("cách đây|cách nay", "|trước")),
    ahead=(("", "sau|nữa|tới"), ("sau", "|nữa"), ("trong|còn", "nữa|tới")),
    of_week={
        0: "tuần này", -1: "tuần trước|tuần rồi|tuần qua|trước|vừa qua|rồi",
        1: "tuần sau|tuần tới",
    },
    beside="lúc|vào|vào lúc|khoảng|hơn|gần|sáng|trưa|chiều|tối|đêm|đăng|cập nhật|đã đăng|ngày|cách",
)  # fmt: skip

_THAI = Words(
    now="ชั่วโมงนี้|นาทีนี้|เมื่อสักครู่(?:นี้)?|สักครู่(?:นี้)?|เมื่อครู่(?:นี้)?|เมื่อกี้(?:นี้)?|ตอนนี้|เดี๋ยวนี้|ขณะนี้|ปัจจุบัน|"
    "(?:เมื่อ)?(?:ไม่กี่|สอง ?สาม)(?:วินาที|นาที)(?:ที่แล้ว|ก่อน|ที่ผ่านมา)",
    days={
        0: "วันนี้|เช้านี้|เมื่อเช้า(?:นี้)?|บ่ายนี้|เย็นนี้|ค่ำนี้|คืนนี้",
        -1: "เมื่อวาน(?:นี้)?|วานนี้|เมื่อคืน(?:นี้)?|เย็นวาน(?:นี้)?", -2: "เมื่อวานซืน(?:นี้)?|วานซืน(?:นี้)?|เมื่อวันก่อน",
        1: "พรุ่งนี้|วันพรุ่งนี้", 2: "มะรืน(?:นี้)?|วันมะรืน(?:นี้)?",
    },
    periods={
        ("week", 0): "(?:สัปดาห์|อาทิตย์)นี้",
        ("week", -1): "(?:สัปดาห์|อาทิตย์)(?:ที่แล้ว|ก่อน|ที่ผ่านมา)",
        ("week", 1): "(?:สัปดาห์|อาทิตย์)(?:หน้า|ถัดไป)",
        ("month", 0): "เดือนนี้", ("month", -1): "เดือน(?:ที่แล้ว|ก่อน|ที่ผ่านมา)",
        ("month", 1): "เดือน(?:หน้า|ถัดไป)",
        ("year", 0): "ปีนี้", ("year", -1): "ปี(?:ที่แล้ว|ก่อน|ที่ผ่านมา|กลาย)",
        ("year", 1): "ปี(?:หน้า|ถัดไป)",
    },
    units={
        "second": "วินาที", "minute": "นาที", "hour": "ชั่วโมง|ชม\\.?", "day": "วัน",
        "week": "สัปดาห์|อาทิตย์", "month": "เดือน", "year": "ปี",
    },
    numbers={**_numbers("หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ สิบเอ็ด สิบสอง"), "ครึ่ง": 0.5},
    half="ครึ่ง",
    ago=(("(?:เมื่อ)?", "ที่แล้ว|ก่อน|ที่ผ่านมา|มาแล้ว|ก่อนหน้านี้|ล่วงมาแล้ว"),),
    ahead=(("อีก|ใน|ในอีก", "|ข้างหน้า"), ("", "ข้างหน้า|ต่อมา")),
    of_week={
        0: "นี้|สัปดาห์นี้", -1: "ที่แล้ว|ก่อน|ที่ผ่านมา|(?:สัปดาห์|อาทิตย์)(?:ที่แล้ว|ก่อน)", 1: "หน้า|สัปดาห์หน้า",
    },
    beside="เมื่อ|ประมาณ|ราว|เวลา|ที่|โพสต์|โพสต์เมื่อ|เผยแพร่|เผยแพร่เมื่อ|อัปเดต|อัปเดตเมื่อ|อัพเดต|อัพเดท",
)  # fmt: skip

_INDONESIAN = Words(
    now="jam ini|menit ini|baru saja|barusan|sekarang|saat ini|"
    "beberapa (?:detik|menit|saat) (?:yang |yg )?lalu",
    days={
        0: "(?:hari|hr|pagi|siang|sore|malam) ini|tadi(?: (?:pagi|siang|sore))?",
        -1: "kemarin|kemaren|semalam|tadi malam|kmrn",
        -2: "kemarin lusa|kemarin dulu|kemaren lusa",
        1: "besok|esok|esok hari", 2: "lusa|besok lusa",
    },
    periods={
        ("week", 0): "(?:minggu|pekan|mgg) ini",
        ("week", -1): "(?:minggu|pekan|mgg) (?:yang |yg )?(?:lalu|kemarin)",
        ("week", 1): "(?:minggu|pekan|mgg) (?:depan|mendatang)",
        ("month", 0): "bulan ini", ("month", -1): "(?:bulan|bln) (?:yang |yg )?(?:lalu|kemarin)",
        ("month", 1): "(?:bulan|bln) (?:depan|mendatang)",
        ("year", 0): "tahun ini", ("year", -1): "(?:tahun|thn) (?:yang |yg )?(?:lalu|kemarin)",
        ("year", 1): "(?:tahun|thn) (?:depan|mendatang)",
    },
    units={
        "second": "detik|dtk", "minute": "menit|mnt", "hour": "jam", "day": "hari|hr",
        "week": "minggu|pekan|mgg", "month": "bulan|bln", "year": "tahun|thn|th",
    },
    numbers={
        **_numbers("satu/se dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"),
        "setengah": 0.5, "dua belas": 12, "lima belas": 15, "dua puluh": 20, "tiga puluh": 30,
    },
    half="setengah",
    ago=(("", "(?:yang |yg )?(?:lalu|silam)"),),
    ahead=(("dalam|dlm", ""), ("", "lagi|mendatang|ke depan|kemudian")),
    of_week={
        0: "(?:(?:minggu|pekan) )?ini", -1: "(?:(?:minggu|pekan) )?(?:yang )?(?:lalu|kemarin)",
        1: "(?:(?:minggu|pekan) )?(?:depan|mendatang)",
    },
    beside="pukul|jam|pada|sekitar|kurang lebih|lebih dari|pagi|siang|sore|malam|hari|diposting|"
    "diperbarui|dipublikasikan|terbit|tayang|tanggal",
)  # fmt: skip

_ENGLISH = Words(
    now="this hour|this minute|(?:just |right )?now|moments ago|a moment ago|"
    "a few (?:seconds|minutes|moments) ago|(?:less than a|a couple of) minutes? ago|just posted",
    days={
        0: "today|this morning|this afternoon|this evening|tonight", -1: "yesterday|last night",
        -2: "(?:the )?day before yesterday", 1: "tomorrow", 2: "(?:the )?day after tomorrow",
    },
    periods={
        ("week", 0): "this week", ("week", -1): "last week", ("week", 1): "next week",
        ("month", 0): "this month", ("month", -1): "last month", ("month", 1): "next month",
        ("year", 0): "this year", ("year", -1): "last year", ("year", 1): "next year",
    },
    units={
        "second": "seconds?|secs?\\.?|s\\b", "minute": "minutes?|mins?\\.?|m\\b",
        "hour": "hours?|hrs?\\.?|h\\b", "day": "days?|d\\b",
        "week": "weeks?|wks?\\.?|w\\b", "month": "months?|mos?\\.?",
        "year": "years?|yrs?\\.?|y\\b",
    },
    numbers={
        **_numbers("one/an/a two three four five six seven eight nine ten eleven twelve"),
        "half an": 0.5, "half a": 0.5, "a couple of": 2,
    },
    days_counted={"a fortnight": 14},
    half="and a half",
    ago=(("", "ago|earlier|back"),),
    ahead=(("in", ""), ("", "from now")),
    of_week={0: "this", -1: "last|past", 1: "next"},
    beside="at|on|about|around|over|almost|posted|published|updated|last updated|morning|evening",
)  # fmt: skip

#: By the code of a language; Chinese counts alike in both scripts.
WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "ja": _JAPANESE, "ko": _KOREAN, "zh-Hans": _CHINESE, "zh-Hant": _CHINESE,
        "vi": _VIETNAMESE, "th": _THAI, "id": _INDONESIAN, "en": _ENGLISH,
    }
)  # fmt: skip
