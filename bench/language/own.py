"""Texts of our own with the language each is in."""

#: Sentences and titles that tell their language without a source.
TEXTS: dict[str, tuple[str, ...]] = {
    "ja": (
        "学びの共同体の公開研究会が十一月に開かれます。",
        "子どもの声を聴く授業づくり",
        "気象庁発表の資料",
        "新しい教育課程について話し合う",
    ),
    "ko": (
        "배움의 공동체 수업 연구회가 열립니다.",
        "2026년 11월 공개수업 안내",
        "SLC 학교 연수",
        "아이들의 목소리를 듣는 수업",
    ),
    "zh-Hans": (
        "学习共同体学校开放课堂，教师们一起讨论学生的学习。",
        "关于举办课堂观摩活动的通知",
        "教师们走进课堂",
        "倾听孩子的声音",
    ),
    "zh-Hant": (
        "學習共同體學校開放課堂，教師們一起討論學生的學習。",
        "關於舉辦課堂觀摩活動的通知",
        "教師們走進課堂",
        "國際教師會議",
    ),
    "vi": (
        "Các giáo viên cùng nhau nghiên cứu bài học và lắng nghe học sinh.",
        "Thông báo mở lớp học",
        "Học sinh lắng nghe nhau",
        "Hội thảo quốc tế",
    ),
    "th": (
        "ครูทุกคนเปิดชั้นเรียนให้เพื่อนครูเข้ามาเรียนรู้ร่วมกัน",
        "งาน SLC 2026 ที่กรุงเทพฯ",
        "ฟังเสียงของเด็ก",
        "Lesson Study ในโรงเรียน",
    ),
    "id": (
        "Para guru membuka kelas dan belajar bersama dari percakapan siswa.",
        "Jadwal pelajaran dan pembelajaran",
        "Mendengarkan suara siswa",
        "Pertemuan guru yang terbuka untuk semua",
    ),
    "en": (
        "Teachers open their classrooms and learn together from what students say.",
        "How we listen to the children",
        "The schools of tomorrow",
        "Notes from an open lesson",
    ),
}

#: What says nothing, or is in a language that is not read: unknown without a source.
UNKNOWN = (
    "", "2026-11-19", "!?", "SLC 2026", "https://open.example/a/b", "教育", "学校教育",
    "Bonjour tout le monde, la classe est ouverte", "La escuela abierta es para todos",
    "Die Schule ist für alle da", "Привет, школа",
)  # fmt: skip
