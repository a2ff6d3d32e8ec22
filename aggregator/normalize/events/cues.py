"""Words by which a text says what a day in it is: held, closed, over, moved, called off."""

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


#: Something takes place, and people come.
HELD = _any(
    r"開催|開[かこ]れ|開きます|開く|行(?:い|わ)れ?|実施|設け|執り行|公開します|集い|会を予定"
    r"|催し",
    r"개최|열(?:린|립|리|었|고|어|며|다|기)|연다|엽니다|진행|실시|공개(?:합|한)|갖는다|운영"
    r"|모임|초대",
    r"举行|举办|召开|开展|进行|舉行|舉辦|辦理|召開|開展|進行|邀請|邀请|定于|订于|訂於|謹訂|登场",
    r"tổ chức|diễn ra|khai mạc|mở cửa|khai giảng|bắt đầu",
    r"จัด(?!ซื้อ|ทำ)|พบกัน|ขอเชิญ|เชิญชวน|ระหว่างวันที่",
    r"diselenggarakan|digelar|diadakan|berlangsung|menyelenggarakan|menggelar|mengadakan"
    r"|membuka|dilaksanakan|undang|gabung|\bikuti\b|hadiri|saksikan",
    r"\bheld\b|takes? place|taking place|scheduled|join us|\bhosts?\b|runs? from|will open"
    r"|opens its|open (?:day|house)",
    r"will (?:meet|gather|convene)|invites? you|\bis on\b|we meet|returns (?:on|to)|will run"
    r"|kicks? off|meets? on|save the date",
)

#: It is said to come.
COMING = _any(
    r"予定|ます|将|將|예정|오는|한다|연다|니다|sắp|sẽ|tới|จะ|akan|will|join|upcoming|来る",
)

#: A day on which something else is so: a law, a book, a holiday, a newsletter, figures.
NOT_HELD = _any(
    r"発売|刊行|出版|施行|適用|実施とな|全面実施|公表|公示|取りまとめ|学力(?:・学習状況)?調査"
    r"|入試|休み|休業|発行|採用試験|開館|逝去|訃報|葬",
    r"출간|발간|적용|시행|방학|개학|시험|수능|설문|부고|발표했|공개됐|발행|휴",
    r"施行|印发|印發|考试|考試|考研|高考|中考|会考|會考|公布|出版|放假|寒假|暑假|开学|開學"
    r"|休業|適用|适用|生效|报到|有效期|废止|發行|上市|日報|讣告|訃聞",
    r"hiệu lực|\bthi tốt nghiệp|\bkỳ thi|ban hành|phát hành|\bnghỉ|đi học|\bra ngày|xuất bản",
    r"มีผลบังคับ|กำหนดสอบ|มีผลใช้|ประกาศ|วางจำหน่าย|ปิดภาค|เปิดภาค|เผยแพร่|วันหยุด",
    r"berlaku|\bujian|ditandatangani|terbit|libur|masuk kembali|\bcuti\b",
    r"exam(?:ination)?s?\b|takes? effect|effective|published|holidays?|\bresumes?\b|comply|issued"
    r"|hiring|on sale|passed away|goes on",
)

#: It has been.
OVER = _any(
    r"終了しました|終了いたし|報告|ありがとうございま|開催しました|行われました|盛会|を終えて",
    r"성황리|마쳐|마쳤|마무리|개최했|열렸|참석했|성료|후기|지난\s?\d",
    r"圆满|圓滿|闭幕|閉幕|落幕|举行了|参加了会议|已于|回顾|回顧|側記|侧记|紀實|纪实",
    r"thành công|đã diễn ra|đã tổ chức|vừa qua|bế mạc",
    r"สรุปผล|เมื่อวันที่|ได้จัด|ที่ผ่านมา|เสร็จสิ้น",
    r"sukses|\btelah\b|dihadiri|berakhir|\busai\b|\blalu\b",
    r"^report|\breport:|concluded|took place|was held|were held|recording|thank you for",
)

MOVED = _any(
    r"延期|日程変更|日程の変更|연기|일정 ?변경|改期|hoãn|dời|chuyển sang ngày|เลื่อน|ditunda"
    r"|penundaan|diundur|postponed|rescheduled|new date"
)
CANCELLED = _any(
    r"中止(?:し|と(?:な|い)|のお知らせ|いたし|を決)|【中止】|開催中止|취소(?:되|합|됐|되었"
    r"|안내)|已取消|(?:关于|關於)取消|(?:活动|活動|会议|會議)取消|取消举行|取消舉行|停辦"
    r"|因故取消",
    r"bị hủy|^hủy|hủy bỏ|đã hủy|ยกเลิกการจัด|ยกเลิกกิจกรรม|แจ้งยกเลิก|dibatalkan|pembatalan"
    r"|cancell?ed|called off",
)
#: Before and behind a day that no longer counts.
FORMER = _any(
    r"原定|原訂|原本|당초|ban đầu|dự kiến trước|กำหนดเดิม|semula|sedianya|originally|planned for"
)
FORMER_BEHIND = _any(r"に予定(?:して|され)|の予定で|로?\s?예정이?(?:었|던)")

#: Until when.
UNTIL = _any(
    r"締切|締め切|〆切|しめきり|期限|必着|마감|截止|截稿|关闭|關閉|\bhạn\b|muộn nhất|trước"
    r"(?: ngày)?|chậm nhất|đến hết",
    r"หมดเขต|ปิดรับ|ภายใน|กำหนดส่ง|ไม่เกิน|batas|paling lambat|sebelum|ditutup|selambat|tenggat"
    r"|deadline|no later than|due|closes?\b|\bby\b|until|before",
    r"ถึง|sampai|hingga|đến",
)
#: Nothing can be sent in any more.
CLOSED = _any(
    r"締切|締め切|〆切|마감|截止|关闭|關閉|ditutup|closes?\b|deadline|\bdue\b|ปิดรับ|hết hạn"
    r"|đóng"
)
#: Behind a day: guests arrive on it, before it begins.
ARRIVAL = re.compile(r"\s?(?:[(（]?\S{0,6})?(?:起)?(?:报到|報到|签到|簽到)")
#: Behind a day: until it.
UNTIL_BEHIND = re.compile(
    r"\s?(?:\([^()]{0,14}\)\s?)?(?:[^\s\d。、,，]{0,3}\d{0,2}[:：]?\d{0,2})?\s?(?:まで|必着|締"
    r"|〆|까지|마감|之?前|截止|止(?!痛)|关闭|關閉|以前|为止|為止|ก่อน)"
)
#: People answer.
ANSWER = _any(
    r"申し?込|応募|受け?付|募集|連絡|提出|エントリー|お送り|신청|접수|등록|투고|모집|제출|회신"
    r"|보내|报名|報名|投稿|提交|回执|回執|征集|徵稿|征文|征稿|来稿|繳交|发至|招募",
    r"đăng ký|gửi|nộp|nhận (?:bài|hồ sơ|tóm tắt)|hồ sơ|danh sách|สมัคร|ลงทะเบียน|ส่ง|ตอบรับ|เปิดรับ"
    r"|รับบทความ|รับบทคัดย่อ",
    r"daftar|registrasi|kirim|konfirmasi|abstrak|usulan|naskah|makalah|lamaran|diterima",
    r"regist|sign(?:ed)? up|submi|rsvp|appl(?:y|ication)|abstract|proposal|\bpapers?\b|reply"
    r"|enrol",
)
PAPERS = _any(
    r"発表|論文|原稿|要旨|投稿|抄録|レジュメ|초록|발표|논문|원고|투고|摘要|征文|徵文|论文|征稿"
    r"|徵稿|投稿|截稿|全文|来稿|稿件|演题",
    r"tóm tắt|toàn văn|bài viết|nộp bài|nhận bài|gửi bài|báo cáo|tham luận|บทคัดย่อ|บทความ|ต้นฉบับ"
    r"|ผลงาน",
    r"abstrak|makalah|naskah|artikel|abstract|\bpapers?\b|proposal|manuscript|submissions?\b",
)
#: A post is to be filled, or a certificate to be had: days of it are no events.
POST = _any(
    r"(?:教員|職員|教諭|研究員|講師)(?:を|の)?(?:募集|公募|採用)|求人|채용|기간제|계약 기간"
    r"|임용|招聘|招录|甄選|资格认定|資格認定|代理教師|聘期",
    r"tuyển dụng|dự tuyển|อัตราจ้าง|รับสมัครครู(?!เข้าร่วม)|พนักงานราชการ|lowongan|lamaran|guru honorer",
    r"hiring|vacanc|job opening|assistant wanted|position is|is recruiting",
)
ONLINE = _any(
    r"オンライン|zoom|ｚｏｏｍ|ハイブリッド|ライブ配信|온라인|줌\b|비대면|线上|線上|腾讯会议"
    r"|視訊|视频会议|直播|trực tuyến|ออนไลน์|daring|webinar|online|webex|google meet"
    r"|microsoft teams|virtual|livestream"
)
