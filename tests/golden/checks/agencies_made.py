"""Tables made in the style of agencies: words of each agency in each of the layouts that it prints. All figures are made up.

What a table must give is added up here from the figures themselves, before any text is made of them, and never by the reader.
"""

from .agency import grid, reads
from .case import group

# Per agency: words of its language, and members that its tables list, with their total.
AGENCIES = {
    "BNS Kazakhstan, Russian": dict(
        place="Регион", country="Страна", total="Республика Казахстан", all="Всего", year="{} год", quarter="{q} квартал {y} года", title="Внешняя миграция населения, человек",
        title_year="Прибывшие по месяцам {} года, человек", months=["январь", "февраль", "март", "апрель"], arrived="Прибыло", left="Выбыло", net="Сальдо миграции", column_year="Год",
        column_quarter="Квартал", value="Человек", places=["Акмолинская область", "Актюбинская область", "г. Астана"], countries=["Россия", "Узбекистан", "Китай"],
        note="* предварительные данные", dash='"-" явление отсутствует', which="в том числе:", source="Источник: Бюро национальной статистики", thousands="тыс. человек"),
    "BNS Kazakhstan, Kazakh": dict(
        place="Өңір", country="Ел", total="Қазақстан Республикасы", all="Барлығы", year="{} жыл", quarter="{y} жылғы {q}-тоқсан", title="Халықтың сыртқы көші-қоны, адам",
        title_year="{} жылғы келгендер, адам", months=["қаңтар", "ақпан", "наурыз", "сәуір"], arrived="Келгендер", left="Кеткендер", net="Көші-қон айырымы", column_year="Жыл",
        column_quarter="Тоқсан", value="Адам", places=["Ақмола облысы", "Ақтөбе облысы", "Астана қаласы"], countries=["Ресей", "Өзбекстан", "Қытай"],
        note="* алдын ала деректер", dash='"-" құбылыс жоқ', which="оның ішінде:", source="Дереккөз: Ұлттық статистика бюросы", thousands="мың адам"),
    "NSC Kyrgyzstan, Russian": dict(
        place="Территория", country="Страны", total="Кыргызская Республика", all="Всего", year="{}", quarter="{q} кв. {y}", title="Международная миграция (человек)",
        title_year="Число прибывших в {} году (человек)", months=["январь", "февраль", "март", "апрель"], arrived="Прибыло", left="Выбыло", net="Миграционный прирост", column_year="Годы",
        column_quarter="Квартал", value="Число прибывших", places=["Баткенская область", "Ошская область", "г. Бишкек"], countries=["Россия", "Казахстан", "Турция"],
        note="* Предварительные данные.", dash="- явление отсутствует", which="из них:", source="Источник: Нацстатком КР", thousands="тысяч человек"),
    "NSC Kyrgyzstan, Kyrgyz": dict(
        place="Аймак", country="Өлкөлөр", total="Кыргыз Республикасы", all="Бардыгы", year="{}", quarter="{q}-чейрек {y}", title="Эл аралык миграция (адам)",
        title_year="{} ж. келгендер (адам)", months=["январь", "февраль", "март", "апрель"], arrived="Келгендер", left="Кеткендер", net="Миграциялык өсүш", column_year="Жыл",
        column_quarter="Чейрек", value="Саны", places=["Баткен облусу", "Ош облусу", "Бишкек шаары"], countries=["Россия", "Казакстан", "Түркия"],
        note="* алдын ала маалымат", dash="- көрүнүш жок", which="анын ичинде:", source="Булак: Улутстатком", thousands="миң адам"),
    "TajStat, Russian": dict(
        place="Регион", country="Страна назначения", total="Республика Таджикистан", all="Всего", year="{}", quarter="{q} квартал {y}", title="Трудовая миграция, человек",
        title_year="Выехало в {} году, человек", months=["январь", "февраль", "март", "апрель"], arrived="Вернулось", left="Выехало", net="Разница", column_year="Год",
        column_quarter="Квартал", value="Количество", places=["Согдийская область", "Хатлонская область", "г. Душанбе"], countries=["Российская Федерация", "Казахстан", "Турция"],
        note="* предварительные данные", dash="«-» - явление отсутствует", which="в том числе:", source="Источник: Агентство по статистике", thousands="тыс. чел."),
    "TajStat, Tajik": dict(
        place="Минтақа", country="Давлатҳо", total="Ҷумҳурии Тоҷикистон", all="Ҳамагӣ", year="Соли {}", quarter="Семоҳаи {q} соли {y}", title="Муҳоҷирати меҳнатӣ, нафар",
        title_year="Муҳоҷирон дар соли {}, нафар", months=["январ", "феврал", "март", "апрел"], arrived="омадагон", left="рафтагон", net="Фарқият", column_year="Сол",
        column_quarter="Семоҳа", value="Шумора", places=["Вилояти Суғд", "Вилояти Хатлон", "ш. Душанбе"], countries=["Россия", "Қазоқистон", "Туркия"],
        note="* маълумоти пешакӣ", dash="- ҳодиса мавҷуд нест", which="аз ҷумла:", source="Манбаъ: Агентии омор", thousands="ҳазор нафар"),
    "Uzbekistan Stat, Latin": dict(
        place="Hududlar", country="Davlatlar", total="O‘zbekiston Respublikasi", all="Jami", year="{}-yil", quarter="{y}-yil {q}-chorak", title="Tashqi migratsiya, kishi",
        title_year="{}-yilda kelganlar, kishi", months=["yanvar", "fevral", "mart", "aprel"], arrived="Kelganlar", left="Ketganlar", net="Farq", column_year="Yil",
        column_quarter="Chorak", value="Soni", places=["Andijon viloyati", "Buxoro viloyati", "Toshkent shahri"], countries=["Rossiya", "Qozog‘iston", "Turkiya"],
        note="* dastlabki ma'lumot", dash="- hodisa mavjud emas", which="shu jumladan:", source="Manba: Statistika agentligi", thousands="ming kishi"),
    "Uzbekistan Stat, Cyrillic": dict(
        place="Ҳудудлар", country="Давлатлар", total="Ўзбекистон Республикаси", all="Жами", year="{} йил", quarter="{y} йил {q}-чорак", title="Ташқи миграция, киши",
        title_year="{} йилда келганлар, киши", months=["январь", "февраль", "март", "апрель"], arrived="Келганлар", left="Кетганлар", net="Фарқ", column_year="Йил",
        column_quarter="Чорак", value="Сони", places=["Андижон вилояти", "Бухоро вилояти", "Тошкент шаҳри"], countries=["Россия", "Қозоғистон", "Туркия"],
        note="* дастлабки маълумот", dash="- ҳодиса мавжуд эмас", which="шу жумладан:", source="Манба: Статистика агентлиги", thousands="минг киши"),
    "Rosstat": dict(
        place="Субъект", country="Страна", total="Российская Федерация", all="Всего", year="{} г.", quarter="{q} квартал {y} г.", title="Международная миграция (человек)",
        title_year="Прибывшие в {} году (человек)", months=["январь", "февраль", "март", "апрель"], arrived="Прибыло", left="Выбыло", net="Миграционный прирост", column_year="Год",
        column_quarter="Квартал", value="Число прибывших", places=["Омская область", "Алтайский край", "Тюменская область"], countries=["Казахстан", "Таджикистан", "Украина"],
        note="* Предварительные данные.", dash="- явление отсутствует", which="в том числе:", source="Источник: Росстат", thousands="тыс. человек"),
    "English": dict(
        place="Region", country="Country", total="Kazakhstan", all="Total", year="{}", quarter="Q{q} {y}", title="International migration, persons",
        title_year="Arrivals by month, {}, persons", months=["Jan", "Feb", "Mar", "Apr"], arrived="Arrivals", left="Departures", net="Net migration", column_year="Year",
        column_quarter="Quarter", value="Persons", places=["Akmola", "Aktobe", "Astana"], countries=["Russian Federation", "Uzbekistan", "China"],
        note="* preliminary data", dash='"-" nil', which="of which:", source="Source: national statistics", thousands="thousand persons"),
}
YEARS = [2021, 2022, 2023]


def figures(seed, rows, columns):
    """Figures that no two of are alike, so that a sum tells which were taken."""
    return [[101 + seed * 17 + r * 1009 + c * 83 for c in range(columns)] for r in range(rows)]


def text(rows, cut=";"):
    return "\n".join(cut.join(str(cell) for cell in row) for row in rows) + "\n"


def spaced(number):
    return f"{number:,}".replace(",", " ")


def total_of(table):
    return sum(map(sum, table))


def column_sums(table):
    return [sum(column) for column in zip(*table)]


def layouts(words, seed):
    """Name, text or workbook, sum of all parts, accepted rows, file name."""
    w, year = words, [words["year"].format(y) for y in YEARS]
    t = figures(seed, 3, 3)
    blank = ["", "", ""]
    yield ("years across, the total first", text([[w["title"], *blank], [w["place"], *year], [w["total"], *column_sums(t)], *([p, *r] for p, r in zip(w["places"], t)), [w["source"], *blank]]),
           total_of(t), 3, "t.csv")
    yield ("years across, the total last, tabs", text([[w["country"], *year], *([c, *r] for c, r in zip(w["countries"], t)), [w["all"], *column_sums(t)]], "\t"), total_of(t), 3, "t.tsv")
    yield ("an empty first header cell, spaces in thousands", text([[w["title"], *blank], ["", *year], *([c, *map(spaced, r)] for c, r in zip(w["countries"], t))]), total_of(t), 3, "t.csv")
    yield ("the newest year with a mark", text([[w["country"], *year[:2], year[2] + "*"], *([c, *r] for c, r in zip(w["countries"], t)), [w["note"], *blank]]), total_of(t), 3, "t.csv")
    yield ("of which", text([[w["country"], *year], [w["all"], *column_sums(t)], [w["which"], *blank], *([c, *r] for c, r in zip(w["countries"], t))]), total_of(t), 3, "t.csv")
    q = figures(seed + 1, 3, 4)
    quarters = [w["quarter"].format(q=n, y=2023) for n in range(1, 5)]
    yield ("quarters across", text([[w["country"], *quarters], *([c, *r] for c, r in zip(w["countries"], q))]), total_of(q), 3, "t.csv")
    yield ("months across, the year in the title", text([[w["title_year"].format(2023), "", "", "", ""], [w["country"], *w["months"]], *([c, *r] for c, r in zip(w["countries"], q))]), total_of(q), 3, "t.csv")
    d = figures(seed + 2, 3, 4)
    yield ("arrivals and departures under each year", text([[w["place"], year[1], "", year[2], ""], ["", w["arrived"], w["left"], w["arrived"], w["left"]], *([p, *r] for p, r in zip(w["places"], d))]),
           total_of(d), 3, "t.csv")
    dashed = [row[:] for row in t]
    dashed[1][0] = "-"
    yield ("a dash with its legend", text([[w["country"], *year], *([c, *r] for c, r in zip(w["countries"], dashed)), [w["dash"] if '"' not in w["dash"] else '"' + w["dash"].replace('"', '""') + '"', *blank]]),
           total_of(t) - t[1][0], 3, "t.csv")
    long = [[y, c, t[i][k]] for k, y in enumerate(YEARS) for i, c in enumerate(w["countries"])]
    yield ("long, years and countries", text([[w["column_year"], w["country"], w["value"]], *long], ","), total_of(t), 9, "t.csv")
    merged = [[y if i == 0 else "", c, t[i][k]] for k, y in enumerate(YEARS) for i, c in enumerate(w["countries"])]
    yield ("long, the year once for its countries", text([[w["column_year"], w["country"], w["value"]], *merged]), total_of(t), 9, "t.csv")
    byq = [[2023, n + 1, *[q[i][n] for i in range(2)]] for n in range(4)]
    yield ("year and quarter down, directions across", text([[w["column_year"], w["column_quarter"], w["arrived"], w["left"]], *byq]), total_of(q[:2]), 4, "t.csv")
    yield ("a workbook with a title and a total", grid([[w["title"]], [w["place"], *YEARS], *([p, *r] for p, r in zip(w["places"], t)), [w["all"], *column_sums(t)], [], [w["source"]]]), total_of(t), 3, "t.xlsx")
    yield ("a workbook with a cover", grid([[w["country"], *YEARS], *([c, *r] for c, r in zip(w["countries"], t))], before=[("1", [[w["title"]], ["2024"]])]), total_of(t), 3, "t.xlsx")


for number, (agency, words) in enumerate(AGENCIES.items()):
    group(f"made: {agency}")
    for name, data, total, accepted, file in layouts(words, number):
        reads(name, data, total, accepted, file=file)
