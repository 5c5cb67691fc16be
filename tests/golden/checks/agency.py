"""Tables as agencies of Central Asia and its neighbours, and international ones, publish them. All figures are made up.

Each case was written from the look of such tables, with what a person reads in it, before the reader was run on it: the
sum of all figures but totals, or a refusal where a person would have to guess.
"""

from .case import check, group
from .workbooks import archive, MAIN, OFFICE, PACKAGE, XML

READ = "ok|ok-with-notes"
REFUSED = "error|rejected-rows"


def reads(name, text, total, accepted=None, file="t.csv", **more):
    check(name, text, READ, file=file, total=None if total is None else str(total), accepted=accepted, line=None, column=None, **more)


def refuses(name, text, file="t.csv", outcome=REFUSED, **more):
    check(name, text, outcome, file=file, line=None, column=None, **more)


def column_name(c):
    return (chr(64 + c // 26) if c >= 26 else "") + chr(65 + c % 26)


def grid(rows, merges=(), name="Sheet1", before=()):
    """A workbook of plain cells; merges are ranges; sheets of text may stand before it."""
    def cell(place, value):
        if value is None or value == "":
            return ""
        if isinstance(value, (int, float)):
            return f'<c r="{place}"><v>{value}</v></c>'
        text = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    def sheet(table, merged):
        body = "".join(f'<row r="{r + 1}">' + "".join(cell(f"{column_name(c)}{r + 1}", v) for c, v in enumerate(line)) + "</row>"
                       for r, line in enumerate(table))
        joined = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
        joined = f'<mergeCells count="{len(merged)}">{joined}</mergeCells>' if merged else ""
        return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{joined}</worksheet>'

    sheets = [(n, t, ()) for n, t in before] + [(name, rows, merges)]
    listed = "".join(f'<sheet name="{s[0]}" sheetId="{i + 1}" r:id="r{i + 1}"/>' for i, s in enumerate(sheets))
    relations = "".join(f'<Relationship Id="r{i + 1}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>' for i in range(len(sheets)))
    parts = {"[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
             "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
             "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
             "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'}
    for i, (_, table, merged) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i + 1}.xml"] = sheet(table, merged)
    return archive(parts)


def tsv(text):
    """A table typed with bars for the eye; cells are trimmed, and written with semicolons."""
    return "\n".join(";".join(c.strip() for c in line.split("|")) for line in text.strip("\n").split("\n")) + "\n"


group("BNS Kazakhstan")

reads("arrivals by region and quarter, wide, with a total row", tsv("""
Прибывшие в Республику Казахстан, человек | | | |
Регион | 1 квартал 2024 | 2 квартал 2024 | 3 квартал 2024 | 4 квартал 2024
Республика Казахстан | 100 | 110 | 120 | 130
Акмолинская область | 40 | 50 | 60 | 70
Алматинская область | 60 | 60 | 60 | 60
"""), 460, 2)
reads("title, unit in its own row, years as columns", tsv("""
Внешняя миграция населения | | |
человек | | |
 | 2021 | 2022 | 2023
Прибыло | 10 | 20 | 30
Выбыло | 15 | 25 | 35
"""), 135, 2)
reads("sexes as rows under each region", tsv("""
Регион | 2022 год | 2023 год
Акмолинская область | 100 | 200
мужчины | 60 | 110
женщины | 40 | 90
Актюбинская область | 50 | 70
мужчины | 20 | 30
женщины | 30 | 40
"""), 420)
reads("urban and rural as rows under each region", tsv("""
Область | 2022 | 2023
Акмолинская | 100 | 200
город | 60 | 110
село | 40 | 90
Актюбинская | 50 | 70
город | 20 | 30
село | 30 | 40
"""), 420)
reads("the newest year with a footnote mark", tsv("""
Страна | 2021 | 2022 | 2023*
Узбекистан | 10 | 20 | 30
Россия | 40 | 50 | 60
* предварительные данные | | |
"""), 210, 2)
reads("footnote mark in brackets on a year", tsv("""
Страна | 2021 | 2022 | 2023 1)
Узбекистан | 10 | 20 | 30
Россия | 40 | 50 | 60
1) Предварительные данные. | | |
"""), 210, 2)
reads("months as words, one of which is the code of a country", tsv("""
Region | Jan 2024 | Feb 2024 | Mar 2024 | Apr 2024
Astana | 1 | 2 | 3 | 4
Shymkent | 5 | 6 | 7 | 8
"""), 36, 2)
reads("month names without a year, the year in the title", tsv("""
Прибывшие иностранные граждане по месяцам 2024 года, человек | | | |
Страна | январь | февраль | март | апрель
Узбекистан | 1 | 2 | 3 | 4
Россия | 5 | 6 | 7 | 8
"""), 36, 2)
reads("English month names alone, the year in the title", tsv("""
Arrivals of foreign citizens, 2024 | | | |
Citizenship | Jan | Feb | Mar | Apr
Uzbekistan | 1 | 2 | 3 | 4
Russia | 5 | 6 | 7 | 8
"""), 36, 2)
reads("the year merged above quarters", tsv("""
Регион | 2023 | | | | 2024 | | |
 | I кв. | II кв. | III кв. | IV кв. | I кв. | II кв. | III кв. | IV кв.
Астана | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
Шымкент | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1
"""), 44, 2)
reads("arrivals and departures under each year", tsv("""
Регион | 2022 год | | 2023 год |
 | прибыло | выбыло | прибыло | выбыло
Астана | 1 | 2 | 3 | 4
Шымкент | 5 | 6 | 7 | 8
"""), 36, 2)
reads("figures with spaces in thousands and a dash with its legend", tsv("""
Страна | 2022 | 2023
Узбекистан | 1 234 | 2 345
Китай | - | 12
"-" - явление отсутствует | |
"""), 3591, 2)
reads("Kazakh headers", tsv("""
Өңір | 2022 жыл | 2023 жыл
Қазақстан Республикасы | 30 | 70
Астана қаласы | 10 | 20
Шымкент қаласы | 20 | 50
"""), 100, 2)
reads("a cover sheet before the table", grid(
    [["Регион", "2022", "2023"], ["Астана", 10, 20], ["Шымкент", 30, 40]], before=[("Обложка", [["Внешняя миграция"], ["Бюро национальной статистики"], ["Астана 2024"]])]),
    100, 2, file="t.xlsx")
reads("a workbook with the year merged over quarters", grid(
    [["Миграция, человек"], ["Регион", 2023, "", "", "", 2024, "", "", ""], ["", "1 кв", "2 кв", "3 кв", "4 кв", "1 кв", "2 кв", "3 кв", "4 кв"],
     ["Астана", 1, 2, 3, 4, 5, 6, 7, 8], ["Шымкент", 1, 1, 1, 1, 1, 1, 1, 1]], merges=["A1:I1", "A2:A3", "B2:E2", "F2:I2"]), 44, 2, file="t.xlsx")
reads("column numbers under the header", tsv("""
№ | Страна | Прибыло в 2023 году
А | 1 | 2
1 | Узбекистан | 10
2 | Россия | 20
"""), 30, 2)
refuses("a code that contradicts the name beside it", "Год;Код страны;Страна;Человек\n2023;UZB;Узбекистан;5\n2023;RUS;Китай;6\n")
refuses("figures of two readings", "Год;Страна;Человек\n2023;Узбекистан;1,234\n2022;Узбекистан;5,678\n")
reads("semicolons and decimal commas", "Год;Страна;Тысяч человек\n2023;Узбекистан;1,5\n2022;Узбекистан;12,25\n", "13.75", 2)
reads("cumulative periods", tsv("""
Период | Прибыло
январь-март 2024 года | 10
январь-июнь 2024 года | 25
январь-сентябрь 2024 года | 45
"""), 80, 3)
reads("region and year merged over rows in a text file", tsv("""
Область | Год | Прибыло
Акмолинская | 2022 | 1
 | 2023 | 2
Актюбинская | 2022 | 3
 | 2023 | 4
"""), 10, 4)
reads("the year merged over rows", tsv("""
Год | Квартал | Прибыло, человек
2023 | 1 | 10
 | 2 | 20
 | 3 | 30
 | 4 | 40
2024 | 1 | 50
 | 2 | 60
"""), 210, 6)

group("NSC Kyrgyzstan")

reads("three languages in the title, years as columns", tsv("""
Эл аралык миграция / Международная миграция / International migration | | |
(адам / человек / persons) | | |
Страны | 2020 | 2021 | 2022
Россия | 100 | 200 | 300
Казахстан | 10 | 20 | 30
"""), 660, 2)
reads("one label in three languages", tsv("""
Өлкөлөр / Страны / Countries | 2021 | 2022
Россия / Россия / Russia | 10 | 20
Казакстан / Казахстан / Kazakhstan | 1 | 2
"""), 33, 2)
reads("arrivals, departures and the net as rows", tsv("""
 | 2021 | 2022 | 2023
Прибыло | 10 | 20 | 30
Выбыло | 50 | 60 | 70
Миграционный прирост | -40 | -40 | -40
"""), 240)
reads("oblasts of Kyrgyzstan", tsv("""
Территория | 2022 | 2023
Кыргызская Республика | 60 | 66
Баткенская область | 10 | 11
Джалал-Абадская область | 20 | 22
г. Бишкек | 30 | 33
"""), 126, 3)
reads("of which, as rows", tsv("""
Страна выхода | 2022 | 2023
Всего | 100 | 120
в том числе: | |
Россия | 70 | 80
Казахстан | 30 | 40
"""), 220, 2)
reads("numbers with no-break spaces", "Год\tПрибыло\tВыбыло\n2022\t1 234\t5 678\n2023\t2 345\t6 789\n", 16046, 2)
reads("long form by sex and age", tsv("""
Год | Пол | Возраст | Мигранты
2023 | мужской | 15-24 | 10
2023 | мужской | 25-34 | 20
2023 | женский | 15-24 | 30
2023 | женский | 25-34 | 40
"""), 100, 4)
reads("a blank row and a source under the table", tsv("""
Год | Прибыло
2022 | 10
2023 | 20
 |
Источник: Национальный статистический комитет | 
"""), 30, 2)
reads("dates as people write them", tsv("""
Дата | Страна | Человек
01.03.2024 г. | Россия | 5
15.03.2024 г. | Россия | 6
"""), 11, 2)
refuses("dates of two orders", "Date,Country,Persons\n03/04/2024,Russia,5\n05/06/2024,Russia,6\n")

group("TajStat")

reads("years with the word in Tajik", tsv("""
Минтақа | Соли 2022 | Соли 2023
Душанбе | 10 | 20
Суғд | 30 | 40
"""), 100, 2)
reads("Russian with a total in the last row", tsv("""
Год | Страна назначения | Мужчины | Женщины | Всего
2023 | Российская Федерация | 90 | 10 | 100
2023 | Казахстан | 8 | 2 | 10
2023 | Всего | 98 | 12 | 110
"""), 220, 2)  # sums name every column, the total too
reads("labour migrants by quarter, long", tsv("""
Год | Квартал | Пол | Трудовые мигранты, чел.
2023 | 1 | муж | 10
2023 | 1 | жен | 1
2023 | 2 | муж | 20
2023 | 2 | жен | 2
"""), 33, 4)
reads("thousands in the title", tsv("""
Трудовая миграция (тыс. человек) | |
Показатель | 2022 | 2023
Выехало | 775,6 | 652,0
Вернулось | 400,1 | 500,2
"""), "2327.9")
reads("half-years", tsv("""
Период | Выехало
1 полугодие 2023 | 100
2 полугодие 2023 | 120
"""), 220, 2)

group("Uzbekistan Stat")

reads("Latin Uzbek", tsv("""
Hududlar | 2022-yil | 2023-yil
O‘zbekiston Respublikasi | 30 | 70
Toshkent shahri | 10 | 20
Samarqand viloyati | 20 | 50
"""), 100, 2)
reads("Cyrillic Uzbek", tsv("""
Ҳудудлар | 2022 йил | 2023 йил
Тошкент шаҳри | 10 | 20
Самарқанд вилояти | 20 | 50
"""), 100, 2)
reads("open data with Code, Klassifikator and years", "Code,Klassifikator,Klassifikator_ru,Klassifikator_en,2021,2022,2023\n1700,O'zbekiston Respublikasi,Республика Узбекистан,Republic of Uzbekistan,30,60,90\n1703,Andijon viloyati,Андижанская область,Andijan region,10,20,30\n1706,Buxoro viloyati,Бухарская область,Bukhara region,20,40,60\n", 180, 2)
reads("months with the year, Uzbek", tsv("""
Davlat | 2024-yil yanvar | 2024-yil fevral | 2024-yil mart
Rossiya | 1 | 2 | 3
Qozog‘iston | 4 | 5 | 6
"""), 21, 2)
reads("quarters cumulative, in Russian", tsv("""
Регион | январь-март 2024 | январь-июнь 2024
Ташкент | 10 | 25
Самарканд | 5 | 12
"""), 52, 2)

group("Rosstat")

reads("CIS and others as groups above countries", tsv("""
 | 2021 | 2022 | 2023
Прибыло всего | 100 | 110 | 120
из стран СНГ | 90 | 100 | 110
Азербайджан | 40 | 50 | 60
Армения | 50 | 50 | 50
из других стран | 10 | 10 | 10
Германия | 10 | 10 | 10
"""), 330)
reads("years down, figures across", tsv("""
Годы | Число прибывших | Число выбывших | Миграционный прирост
2021 | 1000 | 800 | 200
2022 | 900 | 700 | 200
2023 | 950 | 850 | 100
"""), 5700, 3)
reads("a bracketed footnote on the unit row", tsv("""
Международная миграция | |
(человек) | |
Страна | 2022 | 2023
Казахстан | 10 | 20
Украина1) | 5 | 6
1) С учётом изменений. | |
"""), 41, 2)
reads("ellipsis for no data with its legend", tsv("""
Страна | 2022 | 2023
Казахстан | 10 | 20
Латвия | … | 6
… данные отсутствуют | |
"""), 36, 2)
reads("KOI8-R is declared by its letters when allowed", "Год;Страна;Человек\n2023;Узбекистан;5\n2022;Узбекистан;6\n".encode("cp1251"), 11, 2, guess=True)
reads("quarter as roman numerals", tsv("""
Год | Квартал | Прибыло
2023 | I | 1
2023 | II | 2
2023 | III | 3
2023 | IV | 4
"""), 10, 4)

group("Eurostat")

reads("SDMX-CSV of first residence permits", "DATAFLOW,LAST UPDATE,freq,reason,citizen,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:MIGR_RESFIRST(1.0),01/01/24 11:00:00,A,FAM,UZB,PER,DE,2022,10,\nESTAT:MIGR_RESFIRST(1.0),01/01/24 11:00:00,A,FAM,UZB,PER,DE,2023,20,p\n", 30, 2)
reads("the old TSV with flags", "freq,citizen,unit,geo\\TIME_PERIOD\t2022 \t2023 \nA,UZ,PER,DE\t10 \t20 p\nA,UZ,PER,PL\t: \t30 \n", 60, 2)
reads("a spreadsheet of the data browser", grid(
    [["Data extracted on 01/02/2024"], ["Dataset:", "Immigration by citizenship"], [], ["TIME", "2021", "2022"], ["GEO (Labels)", "", ""], ["Germany", 10, 20], ["Poland", 30, 40], [], ["Special value"], [":", "not available"]]), 100, 2, file="t.xlsx")
reads("asylum applicants by month", "citizen,geo,2024-01,2024-02,2024-03\nUZ,DE,5,10,15\nTJ,DE,20,25,30\n", 105, 2)

group("UNHCR")

reads("refugee data finder", 'Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"Refugees under UNHCR\'s mandate",Asylum-seekers,IDPs of concern to UNHCR\n2022,Afghanistan,AFG,Tajikistan,TJK,100,200,0\n2023,Afghanistan,AFG,Tajikistan,TJK,110,210,0\n', 620, 2)
reads("an export with a preamble of its own", "\"Extracted from the UNHCR Population Statistics Reference Database\"\n\n\"Year\",\"Country / territory of asylum/residence\",\"Origin\",\"Population type\",\"Value\"\n\"2015\",\"Kazakhstan\",\"Afghanistan\",\"Refugees\",\"660\"\n\"2016\",\"Kazakhstan\",\"Afghanistan\",\"Refugees\",\"640\"\n", 1300, 2)
reads("five or fewer as a star", "Year,Origin,Asylum,Refugees\n2022,Afghanistan,Kazakhstan,100\n2022,Iraq,Kazakhstan,*\n2023,Afghanistan,Kazakhstan,120\n", 220, 3)

group("World Bank")

reads("indicator download", '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-01-30",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021","2022",\n"Kazakhstan","KAZ","Net migration","SM.POP.NETM","10","20","30",\n"Uzbekistan","UZB","Net migration","SM.POP.NETM","-1","-2","-3",\n', 54, 2)
reads("DataBank", 'Series Name,Series Code,Country Name,Country Code,2021 [YR2021],2022 [YR2022]\n"Personal remittances, received (current US$)",BX.TRF.PWKR.CD.DT,Tajikistan,TJK,100,200\n"Personal remittances, received (current US$)",BX.TRF.PWKR.CD.DT,Uzbekistan,UZB,300,..\n\nData from database: World Development Indicators\nLast Updated: 01/30/2024\n', 600, 2)
reads("KNOMAD remittance inflows", grid(
    [["Migrant remittance inflows (US$ million)"], ["Remittance inflows (US$ million)", 2021, 2022, "2023e"], ["Kyrgyz Republic", 2792, 3210, 2400], ["Tajikistan", 2922, 5346, 5700]]), 22370, 2, file="t.xlsx")

group("IDMC")

reads("displacement data", "ISO3,Name,Year,Conflict Stock Displacement,Conflict Internal Displacements,Disaster Internal Displacements\nKGZ,Kyrgyzstan,2021,5000,6000,700\nKGZ,Kyrgyzstan,2022,4000,166000,\n", 181700, 2)
reads("the HXL row under the header", "iso3,country_name,year,new_displacement\n#country+code,#country+name,#date+year,#affected+idps\nKGZ,Kyrgyzstan,2022,166000\nTJK,Tajikistan,2022,5\n", 166005, 2)

group("DTM")

reads("baseline by district", "operation,admin0Name,admin0Pcode,admin1Name,admin1Pcode,numPresentIdpInd,reportingDate,roundNumber\nDTM,Kyrgyzstan,KGZ,Batken,KG01,100,2023-03-01,1\nDTM,Kyrgyzstan,KGZ,Osh,KG02,200,2023-03-01,1\n", 300, 2)
reads("flow monitoring by quarter", tsv("""
Quarter | Country of destination | Male | Female
2024 Q1 | Russian Federation | 80 | 20
2024 Q1 | Kazakhstan | 30 | 10
"""), 140, 2)

group("HDX")

reads("arrivals with an HXL row", "Date,Border point,Arrivals\n#date,#loc+name,#affected\n2024-01-01,Dostyk,5\n2024-01-02,Dostyk,6\n", 11, 2)
reads("long with admin levels", "date,adm0_name,adm1_name,idps\n2024-03-31,Tajikistan,Khatlon,10\n2024-03-31,Tajikistan,Sughd,20\n", 30, 2)

group("tables of a ministry")

reads("work permits by citizenship, sheet title and signature", grid(
    [["Количество выданных разрешений на работу, единиц"], ["за 2024 год"], [], ["№ п/п", "Гражданство", "I квартал", "II квартал"], [1, "Китай", 100, 110], [2, "Турция", 50, 55], ["", "Итого", 150, 165], [], ["Исполнитель: Иванова А."]]), 315, 2, file="t.xlsx")
reads("year in the file's title, months down", tsv("""
Выезд граждан за 2023 год | |
Месяц | Выбыло | Прибыло
Январь | 1 | 2
Февраль | 3 | 4
Март | 5 | 6
"""), 21, 3)
reads("quarters down without year, the year above", tsv("""
2024 год | |
Квартал | Прибыло | Выбыло
I квартал | 1 | 2
II квартал | 3 | 4
"""), 10, 2)
refuses("quarters without any year", tsv("""
Квартал | Прибыло | Выбыло
I квартал | 1 | 2
II квартал | 3 | 4
"""))
refuses("two years in the title, months down", tsv("""
Выезд граждан за 2022 и 2023 годы | |
Месяц | Выбыло | Прибыло
Январь | 1 | 2
Февраль | 3 | 4
"""))
reads("one column of dates and daily counts", "Дата;Количество прибывших\n01.02.2024;5\n02.02.2024;6\n14.02.2024;7\n", 18, 3)
reads("English, dates in words", "Date,Arrivals\n1 March 2024,5\n15 March 2024,6\n", 11, 2)
reads("a space after every comma", "period, citizenship, persons\n2024-Q1, UZB, 5\n2024-Q2, KGZ, 6\n", 11, 2)
reads("single quotes", "period,citizenship,persons\n'2024-Q1','UZB','5'\n'2024-Q2','KGZ','6'\n", 11, 2)
refuses("daily counts with letters as marks", "Дата;Количество\n01.02.2024;5x\n02.02.2024;6y\n14.02.2024;7z\n")
refuses("a second table with other columns under the first", "Год;Прибыло\n2022;5\n2023;6\n\nГод;Страна;Выбыло\n2022;Китай;1\n")
reads("thousands of people in the header", "Год;Прибыло, тыс. чел.\n2022;1,5\n2023;1,7\n", "3.2", 2)
refuses("a figure with a unit of its own in some rows", "Год;Прибыло\n2022;5 тыс.\n2023;6\n")
reads("percent beside counts", "Год;Страна;Человек;Доля, %\n2023;Китай;5;50\n2023;Россия;5;50\n", 10, 2)
