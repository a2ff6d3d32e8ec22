"""Words that say "school" or say "something else", in every language sources write in.

Ministries, schools and teachers stand in every topic's texts: they speak for relevance alone. The
words of other fields speak against it, more so where no word of schooling is near.
"""

from collections.abc import Mapping

#: Words of schooling.
SCHOOL: Mapping[str, tuple[str, ...]] = {
    "en": (
        "school", "pupil", "student", "teacher", "classroom", "education", "lesson", "curriculum",
        "kindergarten", "grade", "homework", "textbook", "learner", "teaching", "learning",
        "preschool", "headteacher", "principal", "class",
    ),
    "ja": (
        "学校", "小学", "中学", "高校", "児童", "生徒", "教員", "教師", "先生", "授業", "教育",
        "学級", "校長", "学び", "園児", "教室", "入学", "学習", "保護者",
    ),
    "ko": (
        "학교", "초등", "중학", "고교", "고등학", "학생", "교사", "교원", "수업", "교육", "학급",
        "교장", "교실", "배움", "유치원", "입학", "학부모", "선생님", "학습",
    ),
    "zh-Hans": (
        "学校", "小学", "中学", "高中", "初中", "学生", "教师", "老师", "课堂", "教育", "班级",
        "校长", "教室", "幼儿园", "入学", "家长", "校园", "课程", "学习",
    ),
    "zh-Hant": (
        "學校", "國小", "小學", "國中", "高中", "學生", "教師", "老師", "課堂", "教育", "班級",
        "校長", "教室", "幼兒園", "入學", "家長", "校園", "課程", "學習",
    ),
    "vi": (
        "trường học", "học sinh", "giáo viên", "thầy", "cô giáo", "lớp", "giáo dục", "tiểu học",
        "trung học", "thpt", "thcs", "học trò", "nhà giáo", "phụ huynh", "mầm non", "dạy học",
        "học đường", "trường", "nhà trường", "hiệu trưởng",
    ),
    "th": (
        "โรงเรียน", "นักเรียน", "ครู", "ห้องเรียน", "การศึกษา", "ประถม", "มัธยม", "เด็ก", "ผู้ปกครอง",
        "เปิดเทอม", "อนุบาล", "สถานศึกษา", "เรียนรู้", "การสอน", "วิชา",
    ),
    "id": (
        "sekolah", "siswa", "murid", "guru", "kelas", "pendidikan", "SD", "SMP", "SMA", "SMK",
        "pelajar", "pembelajaran", "orang tua", "madrasah", "PAUD", "mengajar", "belajar",
        "kurikulum",
    ),
}  # fmt: skip

#: Words of other fields: sport, science, shows, weather, money, politics, traffic, crime, offices.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "match", "league", "champion", "coach", "goal", "film", "actress", "singer", "idol",
        "museum", "concert", "exports", "bank", "shares", "profit", "railway", "airline", "police",
        "typhoon warning", "rain", "satellite", "researchers", "vaccine", "voters", "polling",
        "minister of defence", "frigate", "visitors", "hospital", "tender", "website", "alumni",
        "chip", "investors", "tourism", "panda", "driving school", "start-up", "navy", "army",
    ),
    "ja": (
        "優勝", "決勝", "選手", "試合", "映画", "俳優", "アイドル", "博物館", "美術館", "銀行",
        "株価", "輸出", "鉄道", "新幹線", "警報", "大雨", "衛星", "研究チーム", "ワクチン", "投票",
        "衆院", "護衛艦", "空軍", "観光", "病院", "入札", "システム", "同窓", "半導体", "パンダ",
        "教習所", "ノーベル",
    ),
    "ko": (
        "우승", "결승", "선수", "경기", "영화", "배우", "아이돌", "박물관", "은행", "증시", "수출",
        "철도", "특보", "호우", "위성", "연구팀", "백신", "투표소", "총선", "해군", "공군", "관광",
        "병원", "입찰", "홈페이지", "동문", "반도체", "판다", "운전학원", "노벨", "금리",
    ),
    "zh-Hans": (
        "夺冠", "决赛", "球员", "比赛", "电影", "演员", "偶像", "博物馆", "银行", "股市", "出口",
        "铁路", "高铁", "预警", "暴雨", "卫星", "科研", "疫苗", "投票", "选举", "海军", "空军",
        "游客", "医院", "招标", "网站", "校友", "芯片", "熊猫", "驾校", "诺贝尔", "利率",
    ),
    "zh-Hant": (
        "奪冠", "決賽", "球員", "比賽", "電影", "演員", "偶像", "博物館", "銀行", "股市", "出口",
        "鐵路", "高鐵", "特報", "豪雨", "衛星", "科研", "疫苗", "投票", "選舉", "海軍", "空軍",
        "遊客", "醫院", "招標", "網站", "校友", "晶片", "熊貓", "駕訓班", "諾貝爾", "利率",
    ),
    "vi": (
        "vô địch", "trận", "cầu thủ", "phim", "diễn viên", "ca sĩ", "bảo tàng", "ngân hàng",
        "chứng khoán", "xuất khẩu", "đường sắt", "cao tốc", "mưa lớn", "vệ tinh", "nhà khoa học",
        "vắc xin", "bỏ phiếu", "bầu cử", "hải quân", "không quân", "du khách", "bệnh viện",
        "đấu thầu", "bảo trì", "cựu học sinh", "chip", "gấu trúc", "lái xe", "Nobel", "lãi suất",
    ),
    "th": (
        "แชมป์", "ชิงชนะเลิศ", "นักเตะ", "ภาพยนตร์", "นักแสดง", "ไอดอล", "พิพิธภัณฑ์", "ธนาคาร",
        "หุ้น", "ส่งออก", "รถไฟ", "ฝนตกหนัก", "ดาวเทียม", "นักวิจัย", "วัคซีน", "เลือกตั้ง", "หน่วยเลือกตั้ง",
        "กองทัพ", "นักท่องเที่ยว", "โรงพยาบาล", "ประกวดราคา", "เว็บไซต์", "ศิษย์เก่า", "ชิป", "แพนด้า",
        "สอนขับรถ", "โนเบล", "ดอกเบี้ย",
    ),
    "id": (
        "juara liga", "pertandingan", "pemain", "film", "aktris", "penyanyi", "museum", "bank",
        "saham", "ekspor", "kereta", "hujan", "satelit", "peneliti", "vaksin", "pemilu", "TPS",
        "angkatan laut", "TNI", "wisatawan", "rumah sakit", "lelang", "situs", "alumni", "cip",
        "panda", "kursus mengemudi", "Nobel", "suku bunga",
    ),
}  # fmt: skip
