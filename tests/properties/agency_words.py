"""Words that statistical offices print, language by language, for tables made by chance (agency_tables.py).

Forms of a period: {y} year, {yy} its last two digits, {n} part, {roman} part in Roman numerals, {m} month, {of} month after a day,
{first} the first month, {M} number of the month. Checked against no list of the library: written from the tables of the offices.
"""

RU = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
RU_OF = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
KK = ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"]
UZ = ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"]
UZC = ["январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
TG = ["январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
EN = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
TR = ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"]
AZ = ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"]
FR = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
ES = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
UK = ["січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"]
UK_OF = ["січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"]

LANGUAGES = {
    "ru": {
        "months": RU, "of": RU_OF, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y} год", "{y} г.", "{y}г."],
            "quarter": ["{roman} квартал {y} года", "{n} кв. {y}", "{roman} кв. {y} г.", "{y} г., {n} квартал", "{n}-й квартал {y} г.", "{n} кв {y}г.", "{y}-Q{n}", "Q{n} {y}"],
            "month": ["{m} {y} года", "{m} {y}", "{m} {y} г.", "{m} {y}г.", "{M:02}.{y}", "{y}-{M:02}", "{y}, {m}"],
            "half": ["{roman} полугодие {y} года", "{n} полугодие {y}", "{n}-е полугодие {y} г."],
            "day": ["на 1 {of} {y} года", "на 01.{M:02}.{y}", "на 1 {of} {y} г.", "01.{M:02}.{y} г."],
            "first": ["на 1 января {y} года", "на 01.01.{y} г.", "на начало {y} года"],
            "grown": ["{first}-{m} {y} года", "{first} - {m} {y}г.", "{first}–{m} {y}"],
        },
        "parts": {"quarter": "{roman} квартал", "half": "{roman} полугодие"}, "year": "{y} год",
        "area": "Регион", "period": "Период", "value": "Число", "year name": "Год", "part names": {"quarter": "Квартал", "month": "Месяц", "half": "Полугодие"},
        "direction name": "Направление", "sex name": "Пол",
        "direction": [("IN", ["Прибыло", "Прибывшие", "прибыло"]), ("OUT", ["Выбыло", "Выбывшие", "выбыло"])],
        "sex": [("M", ["мужчины", "Мужчины"]), ("F", ["женщины", "Женщины"])],
        "total": ["Всего", "Итого", "ВСЕГО", "Всего по республике"], "missing": "...", "legend": "{mark} нет данных",
        "stock": "Численность иностранных граждан", "title": "Миграция населения", "title of": "Миграция населения за {label}", "unit": "человек", "thousand": "тыс. человек", "source": "Источник: Бюро национальной статистики",
    },
    "kk": {
        "months": KK, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y} жыл", "{y} ж.", "{y} жылы"],
            "quarter": ["{y} жылғы {n}-тоқсан", "{y} жылғы {roman} тоқсан", "{y} ж. {n} тоқсан", "{n}-тоқсан {y}"],
            "month": ["{y} жылғы {m}", "{m} {y}", "{y} ж. {m}", "{y}-{M:02}"],
            "half": ["{y} жылғы {n}-жартыжылдық", "{y} жылғы {roman} жартыжылдық"],
            "first": ["{y} жылғы 1 қаңтарға", "01.01.{y} ж."],
            "grown": ["{y} жылғы {first}-{m}", "{y} жылғы {first} - {m}"],
        },
        "parts": {"quarter": "{roman} тоқсан", "half": "{roman} жартыжылдық"}, "year": "{y} жыл",
        "area": "Өңір", "period": "Кезең", "value": "Саны", "year name": "Жыл", "part names": {"quarter": "Тоқсан", "month": "Ай", "half": "Жартыжылдық"},
        "direction name": "Бағыты", "sex name": "Жынысы",
        "direction": [("IN", ["Келгендер", "келгендер"]), ("OUT", ["Кеткендер", "кеткендер"])],
        "sex": [("M", ["ерлер", "Ерлер"]), ("F", ["әйелдер", "Әйелдер"])],
        "total": ["Барлығы", "Жиыны"], "missing": "...", "legend": "{mark} деректер жоқ",
        "stock": "Шетел азаматтарының саны", "title": "Халықтың көші-қоны", "title of": "{label} халықтың көші-қоны", "unit": "адам", "thousand": "мың адам", "source": "Дереккөз: Ұлттық статистика бюросы",
    },
    "ky": {
        "months": RU, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y}-жыл", "{y}-ж."],
            "quarter": ["{y}-жылдын {n}-чейреги", "{y}-ж. {n}-чейрек", "{y}-жылдын {roman} чейреги"],
            "month": ["{y}-ж. {m}", "{m} {y}"],
        },
        "parts": {"quarter": "{n}-чейрек", "half": ""}, "year": "{y}-жыл",
        "area": "Аймак", "period": "Мезгил", "value": "Саны", "year name": "Жыл", "part names": {"quarter": "Чейрек", "month": "Ай"},
        "direction name": "Багыты", "sex name": "Жынысы",
        "direction": [("IN", ["Келгендер"]), ("OUT", ["Кеткендер"])],
        "sex": [("M", ["эркектер", "Эркектер"]), ("F", ["аялдар", "Аялдар"])],
        "total": ["Бардыгы", "Баары"], "missing": "...", "legend": "{mark} маалымат жок",
        "title": "Калктын миграциясы", "title of": "{label} калктын миграциясы", "unit": "адам", "thousand": "миң адам", "source": "Булак: Улуттук статистика комитети",
    },
    "uz": {
        "months": UZ, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y}-yil", "{y} yil", "{y}-y."],
            "quarter": ["{y}-yil {roman} chorak", "{y}-yil {n}-chorak", "{n}-chorak {y}", "{y}-yilning {n}-choragi"],
            "month": ["{y}-yil {m}", "{m} {y}", "{y} yil {m}"],
            "grown": ["{y}-yil {first}-{m}"],
            "half": ["{y}-yil {roman} yarim yillik"],
        },
        "parts": {"quarter": "{roman} chorak", "half": "{roman} yarim yillik"}, "year": "{y}-yil",
        "area": "Hududlar", "period": "Davr", "value": "Soni", "year name": "Yil", "part names": {"quarter": "Chorak", "month": "Oy", "half": "Yarim yil"},
        "direction name": "Yo‘nalish", "sex name": "Jinsi",
        "direction": [("IN", ["Kelganlar", "Ko‘chib kelganlar"]), ("OUT", ["Ketganlar", "Ko‘chib ketganlar"])],
        "sex": [("M", ["erkaklar", "Erkaklar"]), ("F", ["ayollar", "Ayollar"])],
        "total": ["Jami"], "missing": "...", "legend": "{mark} ma’lumot yo‘q",
        "title": "Aholi migratsiyasi", "title of": "{label} aholi migratsiyasi", "unit": "kishi", "thousand": "ming kishi", "source": "Manba: Statistika agentligi",
    },
    "uzc": {
        "months": UZC, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y}-йил", "{y} йил"],
            "quarter": ["{y} йил {roman} чорак", "{y}-йил {n}-чорак"],
            "month": ["{y} йил {m}", "{m} {y}"],
        },
        "parts": {"quarter": "{roman} чорак", "half": ""}, "year": "{y} йил",
        "area": "Ҳудудлар", "period": "Давр", "value": "Сони", "year name": "Йил", "part names": {"quarter": "Чорак", "month": "Ой"},
        "direction name": "Йўналиш", "sex name": "Жинси",
        "direction": [("IN", ["Келганлар"]), ("OUT", ["Кетганлар"])],
        "sex": [("M", ["эркаклар", "Эркаклар"]), ("F", ["аёллар", "Аёллар"])],
        "total": ["Жами"], "missing": "...", "legend": "{mark} маълумот йўқ",
        "title": "Аҳоли миграцияси", "title of": "{label} аҳоли миграцияси", "unit": "киши", "thousand": "минг киши", "source": "Манба: Статистика агентлиги",
    },
    "tg": {
        "months": TG, "decimal": ",",
        "labels": {
            "year": ["{y}", "соли {y}", "{y} сол"],
            "quarter": ["семоҳаи {roman} соли {y}", "семоҳаи {n} {y}"],
            "month": ["{m} {y}", "{m} соли {y}"],
        },
        "parts": {"quarter": "семоҳаи {roman}", "half": ""}, "year": "соли {y}",
        "area": "Минтақа", "period": "Давра", "value": "Шумора", "year name": "Сол", "part names": {"quarter": "Семоҳа", "month": "Моҳ"},
        "direction name": "Самт", "sex name": "Ҷинс",
        "direction": [("IN", ["Омадагон", "омадагон"]), ("OUT", ["Рафтагон", "рафтагон"])],
        "sex": [("M", ["мардон", "Мардон"]), ("F", ["занон", "Занон"])],
        "total": ["Ҳамагӣ", "Ҷамъ"], "missing": "...", "legend": "{mark} маълумот нест",
        "title": "Муҳоҷирати аҳолӣ", "title of": "Муҳоҷирати аҳолӣ дар {label}", "unit": "нафар", "thousand": "ҳазор нафар", "source": "Манбаъ: Агентии омор",
    },
    "en": {
        "months": EN, "decimal": ".",
        "labels": {
            "year": ["{y}"],
            "quarter": ["Q{n} {y}", "{y} Q{n}", "{y}-Q{n}", "{y}Q{n}", "Q{n}/{y}", "Quarter {n}, {y}", "{n}Q{y}"],
            "month": ["{m} {y}", "{m:.3} {y}", "{m:.3}-{yy}", "{y}-{M:02}", "{y}M{M:02}", "{M:02}/{y}"],
            "half": ["H{n} {y}", "{y} H{n}", "{y}-S{n}"],
            "day": ["1 {m} {y}", "as of 1 {m} {y}", "{y}-{M:02}-01", "01-{m:.3}-{y}"],
            "first": ["1 January {y}", "as at 1 Jan {y}"],
            "grown": ["{first}-{m} {y}", "{first:.3}-{m:.3} {y}"],
        },
        "parts": {"quarter": "Q{n}", "half": "H{n}"}, "year": "{y}",
        "area": "Region", "period": "Period", "value": "Value", "year name": "Year", "part names": {"quarter": "Quarter", "month": "Month", "half": "Half"},
        "direction name": "Direction", "sex name": "Sex",
        "direction": [("IN", ["Arrivals", "Immigrants", "Inflow"]), ("OUT", ["Departures", "Emigrants", "Outflow"])],
        "sex": [("M", ["Male", "Men", "male"]), ("F", ["Female", "Women", "female"])],
        "total": ["Total", "TOTAL", "Grand total"], "missing": "..", "legend": "{mark} not available",
        "stock": "Foreign citizens", "title": "Migration of the population", "title of": "Migration, {label}", "unit": "persons", "thousand": "thousand persons", "source": "Source: National Statistical Office",
    },
    "tr": {
        "months": TR, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y} yılı"],
            "quarter": ["{y} {roman}. çeyrek", "{y} {n}. çeyrek", "{y} Ç{n}"],
            "month": ["{m} {y}", "{y} {m}"],
        },
        "parts": {"quarter": "{roman}. çeyrek", "half": ""}, "year": "{y}",
        "area": "İl", "period": "Dönem", "value": "Değer", "year name": "Yıl", "part names": {"quarter": "Çeyrek", "month": "Ay"},
        "direction name": "Yön", "sex name": "Cinsiyet",
        "direction": [("IN", ["Gelen", "Giriş"]), ("OUT", ["Giden", "Çıkış"])],
        "sex": [("M", ["Erkek"]), ("F", ["Kadın"])],
        "total": ["Toplam"], "missing": "..", "legend": "{mark} veri yok",
        "title": "Uluslararası göç", "title of": "Uluslararası göç, {label}", "unit": "kişi", "thousand": "bin kişi", "source": "Kaynak: TÜİK",
    },
    "az": {
        "months": AZ, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y}-ci il", "{y} il"],
            "quarter": ["{y}-ci ilin {roman} rübü", "{roman} rüb {y}"],
            "month": ["{y}-ci il {m}", "{m} {y}"],
        },
        "parts": {"quarter": "{roman} rüb", "half": ""}, "year": "{y}-ci il",
        "area": "Ölkə", "period": "Dövr", "value": "Sayı", "year name": "İl", "part names": {"quarter": "Rüb", "month": "Ay"},
        "direction name": "İstiqamət", "sex name": "Cins",
        "direction": [("IN", ["Gələnlər"]), ("OUT", ["Gedənlər"])],
        "sex": [("M", ["kişilər", "Kişilər"]), ("F", ["qadınlar", "Qadınlar"])],
        "total": ["Cəmi"], "missing": "...", "legend": "{mark} məlumat yoxdur",
        "title": "Əhalinin miqrasiyası", "title of": "Əhalinin miqrasiyası, {label}", "unit": "nəfər", "thousand": "min nəfər", "source": "Mənbə: Dövlət Statistika Komitəsi",
    },
    "fr": {
        "months": FR, "decimal": ",",
        "labels": {
            "year": ["{y}", "Année {y}"],
            "quarter": ["T{n} {y}", "Trimestre {n} {y}", "{y}-T{n}"],
            "month": ["{m} {y}", "{y}-{M:02}"],
        },
        "parts": {"quarter": "T{n}", "half": ""}, "year": "{y}",
        "area": "Pays", "period": "Période", "value": "Valeur", "year name": "Année", "part names": {"quarter": "Trimestre", "month": "Mois"},
        "direction name": "Sens", "sex name": "Sexe",
        "direction": [("IN", ["Entrées", "Arrivées"]), ("OUT", ["Sorties", "Départs"])],
        "sex": [("M", ["Hommes", "hommes"]), ("F", ["Femmes", "femmes"])],
        "total": ["Total", "Ensemble"], "missing": "..", "legend": "{mark} non disponible",
        "title": "Migration internationale", "title of": "Migration internationale, {label}", "unit": "personnes", "thousand": "milliers de personnes", "source": "Source : Institut national de la statistique",
    },
    "es": {
        "months": ES, "decimal": ",",
        "labels": {
            "year": ["{y}", "Año {y}"],
            "quarter": ["T{n} {y}", "{y}T{n}", "Trimestre {n} {y}"],
            "month": ["{m} {y}", "{m} de {y}"],
        },
        "parts": {"quarter": "T{n}", "half": ""}, "year": "{y}",
        "area": "País", "period": "Periodo", "value": "Valor", "year name": "Año", "part names": {"quarter": "Trimestre", "month": "Mes"},
        "direction name": "Dirección", "sex name": "Sexo",
        "direction": [("IN", ["Entradas", "Llegadas"]), ("OUT", ["Salidas"])],
        "sex": [("M", ["Hombres", "hombres"]), ("F", ["Mujeres", "mujeres"])],
        "total": ["Total"], "missing": "..", "legend": "{mark} no disponible",
        "title": "Migraciones exteriores", "title of": "Migraciones exteriores, {label}", "unit": "personas", "thousand": "miles de personas", "source": "Fuente: Instituto Nacional de Estadística",
    },
    "uk": {
        "months": UK, "of": UK_OF, "decimal": ",",
        "labels": {
            "year": ["{y}", "{y} рік", "{y} р."],
            "quarter": ["{roman} квартал {y} року", "{n} кв. {y}"],
            "month": ["{m} {y} року", "{m} {y}"],
            "first": ["на 1 січня {y} року", "на 01.01.{y} р."],
        },
        "parts": {"quarter": "{roman} квартал", "half": ""}, "year": "{y} рік",
        "area": "Країна", "period": "Період", "value": "Кількість", "year name": "Рік", "part names": {"quarter": "Квартал", "month": "Місяць"},
        "direction name": "Напрямок", "sex name": "Стать",
        "direction": [("IN", ["Прибулі", "прибуло"]), ("OUT", ["Вибулі", "вибуло"])],
        "sex": [("M", ["чоловіки", "Чоловіки"]), ("F", ["жінки", "Жінки"])],
        "total": ["Усього", "Всього"], "missing": "...", "legend": "{mark} дані відсутні",
        "title": "Міграційний рух населення", "title of": "Міграційний рух населення за {label}", "unit": "осіб", "thousand": "тис. осіб", "source": "Джерело: Державна служба статистики",
    },
}

AREAS = {
    "regions of Kazakhstan": {"languages": ["ru", "kk", "en"], "rows": [
        ("KZ10", "Абай", "Абай", "Abai"), ("KZ11", "Акмолинская область", "Ақмола облысы", "Akmola region"), ("KZ15", "Актюбинская", "Ақтөбе", "Aktobe"),
        ("KZ19", "Алматинская область", "Алматы облысы", "Almaty region"), ("KZ23", "Атырауская", "Атырау облысы", "Atyrau"),
        ("KZ71", "г. Астана", "Астана қаласы", "Astana city"), ("KZ75", "г.Алматы", "Алматы қаласы", "Almaty city"), ("KZ79", "г. Шымкент", "Шымкент қаласы", "Shymkent city"),
        ("KZ27", "Западно-Казахстанская область", "Батыс Қазақстан облысы", "West Kazakhstan region"), ("KZ33", "Жетісу", "Жетісу облысы", "Zhetisu")]},
    "regions of Kyrgyzstan": {"languages": ["ru", "ky"], "rows": [
        (None, "Баткенская область", "Баткен облусу"), (None, "Джалал-Абадская область", "Жалал-Абад облусу"), (None, "Ошская область", "Ош облусу"),
        (None, "г. Бишкек", "Бишкек ш."), (None, "г. Ош", "Ош ш."), (None, "Чуйская область", "Чүй облусу"), (None, "Нарынская область", "Нарын облусу")]},
    "regions of Uzbekistan": {"languages": ["ru", "uz", "uzc"], "rows": [
        (None, "Республика Каракалпакстан", "Qoraqalpog‘iston Respublikasi", "Қорақалпоғистон Республикаси"), (None, "Андижанская область", "Andijon viloyati", "Андижон вилояти"),
        (None, "Бухарская область", "Buxoro viloyati", "Бухоро вилояти"), (None, "г. Ташкент", "Toshkent shahri", "Тошкент шаҳри"),
        (None, "Ташкентская область", "Toshkent viloyati", "Тошкент вилояти"), (None, "Ферганская область", "Farg‘ona viloyati", "Фарғона вилояти")]},
    "regions of Tajikistan": {"languages": ["ru", "tg"], "rows": [
        (None, "Согдийская область", "вилояти Суғд"), (None, "Хатлонская область", "вилояти Хатлон"), (None, "г. Душанбе", "ш. Душанбе"), (None, "ГБАО", "ВМКБ"), (None, "РРП", "НТҶ")]},
    "provinces": {"languages": ["tr", "az", "uk"], "rows": [
        (None, "Ankara", "Gəncə", "Київська"), (None, "İstanbul", "Sumqayıt", "Львівська"), (None, "İzmir", "Lənkəran", "Одеська"), (None, "Konya", "Şəki", "Харківська")]},
    "countries": {"languages": ["ru", "kk", "en", "tr", "az", "fr", "es", "uk", "uz", "uzc", "tg", "ky"], "rows": [
        ("RUS", "Россия", "Ресей", "Russian Federation", "Rusya", "Rusiya", "Russie", "Rusia", "Росія", "Rossiya", "Россия", "Россия", "Россия"),
        ("UZB", "Узбекистан", "Өзбекстан", "Uzbekistan", "Özbekistan", "Özbəkistan", "Ouzbékistan", "Uzbekistán", "Узбекистан", "O‘zbekiston", "Ўзбекистон", "Ӯзбекистон", "Өзбекстан"),
        ("CHN", "Китай", "Қытай", "China", "Çin", "Çin", "Chine", "China", "Китай", "Xitoy", "Хитой", "Чин", "Кытай"),
        ("DEU", "Германия", "Германия", "Germany", "Almanya", "Almaniya", "Allemagne", "Alemania", "Німеччина", "Germaniya", "Германия", "Олмон", "Германия"),
        ("TUR", "Турция", "Түркия", "Türkiye", "Türkiye", "Türkiyə", "Turquie", "Turquía", "Туреччина", "Turkiya", "Туркия", "Туркия", "Түркия"),
        ("AFG", "Афганистан", "Ауғанстан", "Afghanistan", "Afganistan", "Əfqanıstan", "Afghanistan", "Afganistán", "Афганістан", "Afg‘oniston", "Афғонистон", "Афғонистон", "Афганистан"),
        ("IND", "Индия", "Үндістан", "India", "Hindistan", "Hindistan", "Inde", "India", "Індія", "Hindiston", "Ҳиндистон", "Ҳиндустон", "Индия"),
        ("KGZ", "Кыргызстан", "Қырғызстан", "Kyrgyzstan", "Kırgızistan", "Qırğızıstan", "Kirghizistan", "Kirguistán", "Киргизстан", "Qirg‘iziston", "Қирғизистон", "Қирғизистон", "Кыргызстан")]},
}
