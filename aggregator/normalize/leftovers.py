"""Lines that systems put around a text, by what they say in each language.

Only lines at the edges of a text are looked at, so a pattern need not tell apart what a person
would write within one. It is written as `folded` gives lines: half-width, lower case, with single
spaces.
"""

import re
from unicodedata import normalize

from aggregator.text.keys import folded

#: Characters of the longest line that is looked at; notes on copyright take the most.
LONGEST = 160

#: A line that is longer, or ends as a sentence does, is looked at if it has one of `_SIGNALS`: to
#: find that out takes a fifth of the time, and nearly all lines have none.
_SHORT = 40
_ENDS = tuple("。.!?！？…")

#: What stands in a share bar, in any order and number.
_NETWORKS = r"""
    facebook|twitter|x|line|instagram|youtube|telegram|whatsapp|pinterest|linkedin|zalo|messenger
    threads|tumblr|reddit|pocket|hatena|rss|e-?mail|print|copy link
    はてな(?:ブックマーク)?|はてブ|メール|印刷|(?:url|リンク)を?コピー
    카카오톡|카카오스토리|페이스북|트위터|네이버 ?(?:블로그|밴드|카페)?|밴드|인쇄|메일|url ?복사
    微信(?:好友)?|朋友圈|(?:新浪)?微博|qq(?:空间|好友)?|打印|列印
    ไลน์|เฟซบุ๊ก|ทวิตเตอร์
"""

#: Share bars, with what the plug-in of many WordPress sites writes ("Like this: Loading…":
#: https://wordpress.org/plugins/jetpack/); who has the rights; whom to follow; credits; labels of
#: advertising.
_LINES = r"""
    (?:この(?:記事|投稿|ページ)を|記事を|snsで)?(?:シェア|共有|ツイート|ポスト)(?:する|しよう|してください)?
    いいね(?:する)?!?|いいね[: ]+読み込み中.*|クリックして.{1,40}(?:共有|印刷|送信).*
    .{1,20}で共有するには(?:クリック|ここ).*
    .{0,60}無断(?:での?)?(?:転載|複製|使用|引用|掲載).{0,20}(?:禁じ(?:ます|られています)|禁止|禁ずる)
    .{0,60}無断(?:での?)?(?:転載|複製|使用|引用|掲載).{0,20}(?:禁止|お断り)(?:し|いたし)ます
    .{0,60}無断(?:での?)?(?:転載|複製|使用|引用|掲載).{0,20}(?:お断り|ご遠慮ください)
    .{0,40}(?:転載禁止|禁無断転載|不許複製).{0,10}
    フォロー(?:する|してね)?|.{1,20}を(?:フォロー|チャンネル登録).{0,10}|友だち追加
    \W{0,3}(?:広告|スポンサー(?:ド|リンク)?)\W{0,3}

    (?:이 ?(?:글|기사|포스트)를? ?)?(?:sns ?(?:로 ?)?)?(?:기사 ?)?(?:보내기 ?)?공유(?:하기)?
    클릭하여.{1,40}공유.*
    좋아요(?: ?\d+)?|구독하기|기사 ?제보|(?:.{1,20} )?(?:채널 추가|팔로우(?:하기)?)
    .{0,80}무단 ?(?:전재|복제|도용|배포).{0,30}(?:금지|금합니다|불허)(?:합니다|함)?
    저작권자 ?[c©(].*|\[?사진 ?= ?.{1,30}\]?|\W{0,3}광고\W{0,3}

    (?:分享|转发|轉發)(?:到|至|给|給)?(?:本文|此文|这篇|這篇|文章|微信|微博|朋友圈|朋友)?
    点赞|按讚|收藏|扫(?:一扫|码).{0,30}(?:关注|分享).*
    (?:按一下|點這裡|点击|點擊)(?:以|即可)?.{0,8}(?:分享|共享).*
    .{0,40}版[权權]所有.{0,60}
    .{0,30}未[经經].{0,8}(?:授[权權]|[许許]可|允[许許]|同意).{0,12}(?:转载|轉載|使用|[复複][制製]).{0,20}
    (?:欢迎|歡迎|请|請)?(?:关注|關注|追蹤|追踪)(?:我们|我們).{0,40}
    (?:责任|責任|责|責)(?:编辑|編輯|编|編) ?: ?.{1,20}|\W{0,3}(?:广告|廣告|贊助)\W{0,3}

    chia sẻ(?: (?:bài viết|tin|lên|trên))?(?: này)?(?: facebook| zalo)?|nhấn vào (?:để )?chia sẻ.*
    thích|bình luận(?: \(?\d+\)?)?|bản quyền (?:thuộc|©).*
    .{0,60}ghi rõ nguồn.{0,40}khi (?:phát hành|đăng|trích).*
    (?:theo dõi|follow) .{1,40} (?:trên|tại|qua) .{1,40}
    theo [^\s.!?,]+(?: [^\s.!?,]+){0,5}|ảnh ?: ?.{1,40}|\W{0,3}quảng cáo\W{0,3}

    (?:แชร์|แบ่งปัน)(?:ข่าว|บทความ|สิ่ง|เรื่อง)?(?:นี้)?|ถูกใจ(?:[: ]+กำลังโหลด.*)?
    คลิกเพื่อ(?:แชร์|พิมพ์|ส่ง|แบ่งปัน).*|.{0,40}สงวนลิขสิทธิ์.{0,60}
    (?:กด)?ติดตาม.{0,40}ได้ที่.{0,40}|กดติดตาม.{0,40}|(?:เครดิต|ภาพ) ?: ?.{1,40}
    \W{0,3}(?:พื้นที่)?โฆษณา\W{0,3}

    (?:bagikan|sebarkan)(?: (?:artikel|berita|tulisan|halaman))?(?: ini)?(?: (?:ke|di|via) .{1,20})?
    (?:menyukai ini|suka)?[: ]*memuat\.*|menyukai ini
    klik untuk (?:berbagi|membagikan|mencetak|mengirim).*
    hak cipta (?:dilindungi|©|milik).*|dilarang (?:mengutip|memperbanyak|menyalin|keras).{0,80}
    (?:ikuti|follow) (?:kami|berita|akun|saluran|channel) .{1,80}|baca juga ?: ?.{1,120}
    \W{0,3}iklan\W{0,3}

    share(?: (?:this|on|via|to))?(?: (?:post|article|page|story|news|entry))?
    like(?: this)?(?:[: ]+loading\.*)?|click to (?:share|email|print).*|tweet|loading\.*
    (?:©|\(c\)|copyright\b).*|.{0,100}\ball rights reserved\b.{0,40}|(?:cre|credit) ?: ?.{1,40}
    (?:follow|find|join) us(?: (?:on|at|in) .{1,60})?|subscribe(?: to our .{1,40})?
    sign up for .{1,60}newsletter.*
    \W{0,3}(?:pr|advertisements?|sponsored(?: (?:links?|content))?)\W{0,3}
"""

#: One of these stands in each of the above that is longer or may be a sentence.
_SIGNALS = r"""
    [©ⓒ]|\(c\)|copyright|rights|無断|転載|複製|무단|저작권|版[权權]|未[经經]|quyền|nguồn|cipta|dilarang|สงวน
    共有|クリック|클릭|공유|[分共]享|扫|nhấn|คลิก|cli[ck]|klik|フォロー|チャンネル|채널|팔로우|[关關追][注蹤踪]
    theo|follow|cre|ảnh|ภาพ|เครดิต|ติดตาม|ikuti|baca|find|join|sign|subscribe|bagikan|sebarkan
    facebook|twitter|share|シェア|広告|loading|memuat|โหลด|読み込み
"""


def _any_of(lines: str) -> str:
    """Return one pattern of many, in the form that folded lines have."""
    stripped = (line.strip() for line in normalize("NFKC", lines).splitlines())
    return "|".join(line for line in stripped if line)


_NETWORK = f"(?:{_any_of(_NETWORKS)})"
_SIGNAL = re.compile(_any_of(_SIGNALS))
_LINE = re.compile(
    rf"[\W_]{{0,3}}(?:{_NETWORK}(?:[\s|/・·,:]+{_NETWORK})*|{_any_of(_LINES)})[\s:.!>»。]*"
)


def is_leftover(line: str) -> bool:
    """Tell whether a line is one that systems put around a text."""
    if not line or len(line) > LONGEST:
        return False
    is_sentence = len(line) > _SHORT or line.endswith(_ENDS)
    if is_sentence and not _SIGNAL.search(line.lower()):
        return False
    return _LINE.fullmatch(folded(line)) is not None
