"""More tables as agencies publish them, written with what a person reads in them before the reader was run. Figures are made up."""

from .agency import grid, reads, refuses, tsv
from .case import group

group("more: Eurostat")

reads("first residence permits, data browser CSV", "freq,reason,citizen,duration,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nA,FAM,UZ,TOTAL,PER,DE,2022,10,\nA,FAM,KG,TOTAL,PER,DE,2022,20,e\n", 30, 2)
reads("TSV of asylum applicants by month", "freq,unit,citizen,sex,age,geo\\TIME_PERIOD\t2024-01 \t2024-02 \t2024-03 \nM,PER,TJ,T,TOTAL,DE\t5 \t10 \t15 \nM,PER,TJ,T,TOTAL,AT\t: \t1 b\t2 \n", 33, 2)
reads("a colon for not available", 'citizen,geo,TIME_PERIOD,OBS_VALUE\nUZ,DE,2022,10\nUZ,PL,2022,:\nUZ,PL,2023,5\n', 15, 3)
reads("a spreadsheet with two header rows", grid([["Data extracted on 01/02/2024 from Eurostat"], [], ["TIME", "2022-Q1", "2022-Q2"], ["GEO (Labels)", "", ""], ["Germany (until 1990 former territory of the FRG)", 10, 20], ["Austria", 1, 2]]), 33, 2, file="t.xlsx")

group("more: UNHCR")

reads("asylum decisions", "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),Applications\n2022,Afghanistan,AFG,Kazakhstan,KAZ,12\n2023,Afghanistan,AFG,Kazakhstan,KAZ,30\n", 42, 2)
reads("refugees and others of concern with a dash", "Year,Country of asylum,Refugees,Stateless persons\n2022,Kyrgyzstan,300,40\n2023,Kyrgyzstan,280,-\n\"-\" not available,,,\n", 620, 2)
reads("a workbook with a preamble", grid([["UNHCR Refugee Data Finder"], ["Extracted on 2024-06-01"], [], ["Year", "Country of origin", "Country of asylum", "Refugees"], [2022, "Afghanistan", "Tajikistan", 100], [2023, "Afghanistan", "Tajikistan", 90]]), 190, 2, file="t.xlsx")
refuses("a code that contradicts its name", "Year,Country of asylum,Country of asylum (ISO),Refugees\n2022,Kyrgyzstan,KGZ,1\n2022,Tajikistan,TKM,2\n")

group("more: World Bank")

reads("API download with four rows above", '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-03-28",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022"\n"Tajikistan","TJK","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","2922","5346"\n"Uzbekistan","UZB","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","9276","16738"\n', 34282, 2)
reads("two dots for no data", "Country Name,Country Code,2021,2022\nKazakhstan,KAZ,294,..\nKyrgyz Republic,KGZ,2792,3050\n", 6136, 2)
reads("estimates marked e in a workbook", grid([["Remittance inflows (US$ million)"], ["", "2022", "2023e"], ["Tajikistan", 5346, 5700], ["Uzbekistan", 16738, 16100]]), 43884, 2, file="t.xlsx")

group("more: IDMC, DTM, HDX")

reads("GIDD export", "ISO3,Country / Territory,Year,Disaster Internal Displacements,Disaster Stock Displacement\nTJK,Tajikistan,2022,700,50\nTJK,Tajikistan,2023,900,60\n", 1710, 2)
reads("baseline mobility with admin levels", "Country Name,ADM1 Name,ADM1 Pcode,Reporting Date,Round,IDPs\nTajikistan,Sughd,TJ02,2024-03-31,3,10\nTajikistan,Khatlon,TJ03,2024-03-31,3,20\n", 30, 2)
reads("flows by sex and month", "month,destination,male,female\n2024-01,Russian Federation,90,10\n2024-02,Russian Federation,80,12\n", 192, 2)
reads("HXL row and codes", "admin1,pcode,date,idps\n#adm1+name,#adm1+code,#date,#affected+idps\nSughd,TJ02,2024-03-31,10\nKhatlon,TJ03,2024-03-31,20\n", 30, 2)
reads("flow monitoring with a comment", "Date,Flow monitoring point,Individuals,Comments\n2024-05-01,Dusti,12,\n2024-05-02,Dusti,15,rain\n", 27, 2)

group("more: dates and periods")

reads("dates with a Russian г.", "Дата;Гражданство;Число\n05.02.2024 г.;Китай;3\n25.02.2024 г.;Китай;4\n", 7, 2)
reads("month first, proved", "Date,Country,Persons\n02/25/2024,China,3\n02/26/2024,China,4\n", 7, 2)
refuses("orders that contradict each other", "Date,Country,Persons\n25/02/2024,China,3\n02/26/2024,China,4\n")
reads("dates in Russian words", "Дата;Прибыло\n1 марта 2024 года;5\n15 марта 2024 года;6\n", 11, 2)
reads("as of dates across", tsv("""
Страна | на 01.01.2023 г. | на 01.01.2024 г.
Китай | 10 | 20
Турция | 1 | 2
"""), 33, 2)
reads("years in rows above their quarters", tsv("""
Период | Прибыло | Выбыло
2022 год | |
I квартал | 1 | 2
II квартал | 3 | 4
2023 год | |
I квартал | 5 | 6
II квартал | 7 | 8
"""), 36, 4)
reads("a year with its figures above its quarters", tsv("""
Период | Прибыло
2023 год | 10
I квартал | 1
II квартал | 2
III квартал | 3
IV квартал | 4
"""), 20)
reads("quarters down, years across", tsv("""
Квартал | 2022 | 2023
I квартал | 1 | 5
II квартал | 2 | 6
III квартал | 3 | 7
IV квартал | 4 | 8
"""), 36, 4)
reads("months down, years across", tsv("""
Месяц | 2022 год | 2023 год
Январь | 1 | 5
Февраль | 2 | 6
Март | 3 | 7
"""), 24, 3)
refuses("months without any year", tsv("""
Месяц | Прибыло
Январь | 1
Февраль | 2
"""))
refuses("months under two years", tsv("""
Прибыло в 2022 и 2023 годах |
Месяц | Прибыло
Январь | 1
Февраль | 2
"""))
refuses("two-digit years", "Дата;Прибыло\n01.02.24;5\n02.02.24;6\n")
reads("nine months, cumulative", tsv("""
Страна | 3 месяца 2024 | 6 месяцев 2024 | 9 месяцев 2024
Китай | 10 | 25 | 45
Турция | 1 | 2 | 3
"""), 86, 2)
reads("the year in the name of the sheet", grid([["Страна", "январь", "февраль"], ["Китай", 1, 2], ["Турция", 3, 4]], name="2024"), 10, 2, file="t.xlsx")
reads("year and quarter in one cell of two lines", '"Страна";"2023\nI кв.";"2023\nII кв."\n"Китай";1;2\n"Турция";3;4\n', 10, 2)

group("more: figures")

reads("no-break spaces in thousands", "Страна;2022;2023\nРоссия;1\u00a0234;2\u00a0345\nКитай;12;13\n", 3604, 2)
reads("narrow no-break spaces", "Страна;2022;2023\nРоссия;1\u202f234;2\u202f345\nКитай;12;13\n", 3604, 2)
reads("a zero-width mark inside a figure", "Страна;2022;2023\nРоссия;1\u200b234;2345\nКитай;12;13\n", 3604, 2)
reads("a word joiner and a byte order mark around figures", "Страна;2022;2023\nРоссия;\u2060234;2345\nКитай;12;13\ufeff\n", 2604, 2)
reads("letters with their legend", tsv("""
Страна | 2022 | 2023
Россия | 10 | x
Китай | 5 | 6
x - данные отсутствуют | |
"""), 21, 2)
reads("footnote marks behind figures, with the footnote", tsv("""
Страна | 2022 | 2023
Россия | 10 | 20*
Китай | 5 | 6
* Предварительные данные | |
"""), 41, 2)
refuses("a mark behind figures that nothing explains", tsv("""
Страна | 2022 | 2023
Россия | 10 | 20*
Китай | 5 | 6
"""))
refuses("a dash that nothing explains", tsv("""
Страна | 2022 | 2023
Россия | 10 | -
Китай | 5 | 6
"""))
refuses("less than five", tsv("""
Страна | 2022 | 2023
Россия | 10 | <5
Китай | 5 | 6
"""))
refuses("points that may group or begin decimals", "Страна;2022;2023\nРоссия;1.234;2.345\nКитай;1.200;3.100\n")
reads("a unit row under the header", tsv("""
Страна | 2022 | 2023
 | человек | человек
Россия | 10 | 20
Китай | 5 | 6
"""), 41, 2)
refuses("title in thousands, header in millions", tsv("""
Мигранты, тыс. человек | |
Страна | 2022, млн человек | 2023, млн человек
Россия | 1 | 2
"""))
reads("balances below zero", tsv("""
Регион | 2022 | 2023
Сальдо миграции | |
Астана | -10 | 20
Шымкент | 5 | -6
"""), 9)
reads("Arabic digits", "سال,کشور,تعداد\n۲۰۲۲,روسیه,۱۰\n۲۰۲۳,روسیه,۲۰\n", 30, 2)

group("more: labels and shape")

reads("sections of direction above the same countries", tsv("""
Страна | 2022 | 2023
Прибыло | |
Россия | 10 | 20
Китай | 1 | 2
Выбыло | |
Россия | 5 | 6
Китай | 3 | 4
"""), 51, 4)
reads("sections of years above the same regions", tsv("""
Регион | Прибыло | Выбыло
2022 год | |
Астана | 1 | 2
Шымкент | 3 | 4
2023 год | |
Астана | 5 | 6
Шымкент | 7 | 8
"""), 36, 4)
reads("sections of town and country", tsv("""
Регион | 2022 | 2023
Городское население | |
Астана | 10 | 20
Шымкент | 1 | 2
Сельское население | |
Астана | 5 | 6
Шымкент | 3 | 4
"""), 51, 4)
reads("footnote marks on labels", tsv("""
Страна | 2022 | 2023
Россия1) | 10 | 20
Китай | 5 | 6
1) Включая граждан без регистрации. | |
"""), 41, 2)
reads("numbers of the rows in the first column", tsv("""
№ п/п | Страна гражданства | Выдано разрешений в 2023 году
1 | Китай | 10
2 | Турция | 5
"""), 15, 2)
reads("total in the middle", tsv("""
Страна | 2022 | 2023
Россия | 10 | 20
Всего | 15 | 26
Китай | 5 | 6
"""), 41, 2)
reads("CIS and others as groups with their countries", tsv("""
Страны | 2022 | 2023
Всего | 36 | 46
Страны СНГ | 30 | 40
Россия | 10 | 20
Узбекистан | 20 | 20
Другие страны | 6 | 6
"""), 82)
reads("a header over two rows with a common name", grid(
    [["Регион", "Прибыло", "", "Выбыло", ""], ["", 2022, 2023, 2022, 2023], ["Астана", 1, 2, 3, 4], ["Шымкент", 5, 6, 7, 8]], merges=["A1:A2", "B1:C1", "D1:E1"]), 36, 2, file="t.xlsx")
reads("men and women under each year", tsv("""
Возраст | 2022 | | 2023 |
 | мужчины | женщины | мужчины | женщины
0-15 | 1 | 2 | 3 | 4
16-62 | 5 | 6 | 7 | 8
"""), 36, 2)
reads("signatures under the table", tsv("""
Страна | 2022 | 2023
Россия | 10 | 20
Китай | 5 | 6
 | |
Исполнитель: Иванова А.А. | |
тел. 8 (7172) 74-90-00 | |
"""), 41, 2)
refuses("two tables side by side", "Страна;2022;2023;;Страна;2022;2023\nРоссия;1;2;;Китай;3;4\n")
refuses("the same row twice with other figures", tsv("""
Страна | 2022 | 2023
Россия | 10 | 20
Россия | 11 | 21
"""))
refuses("no figures at all", "Страна;Столица\nРоссия;Москва\nКитай;Пекин\n")
refuses("events, one a row", "Дата;Гражданство;Направление\n2024-04-01;Китай;въезд\n2024-04-02;Китай;выезд\n")
refuses("figures in a column without a name", "Страна;2022;\nРоссия;10;5\nКитай;5;6\n")
refuses("previous and current", "Страна;Прошлый;Текущий\nРоссия;10;5\nКитай;5;6\n")
reads("a period merged over countries in a workbook", grid(
    [["Период", "Страна", "Число"], ["2024-Q1", "Китай", 1], ["", "Турция", 2], ["2024-Q2", "Китай", 3], ["", "Турция", 4]], merges=["A2:A3", "A4:A5"]), 10, 4, file="t.xlsx")
reads("three languages in every label", tsv("""
Өлкөлөр / Страны / Countries | 2022 | 2023
Орусия / Россия / Russia | 10 | 20
Кытай / Китай / China | 5 | 6
"""), 41, 2)
reads("population groups as columns", "Год;Страна;Беженцы;Лица без гражданства\n2022;Афганистан;10;1\n2023;Афганистан;20;2\n", 33, 2)
reads("one month that is the code of a country among eleven others", "Регион;янв 2024;фев 2024;мар 2024;апр 2024;май 2024;июн 2024\nАстана;1;2;3;4;5;6\nШымкент;1;1;1;1;1;1\n", 27, 2)

group("more: attacks")

refuses("a range of years above months", tsv("""
Прибыло в 2021-2023 гг. |
Месяц | Прибыло
Январь | 1
Февраль | 2
"""))
refuses("a decade of a month in the title", tsv("""
Въезд за 2 декаду мая 2024 года |
Страна | Въезд
Китай | 1
Турция | 2
"""))
refuses("a number of an order beside the date of the title", tsv("""
Приложение к приказу № 2023 от 5 мая 2024 года |
Страна | Въезд
Китай | 1
Турция | 2
"""))
reads("days of a month in the title", tsv("""
Въезд с 1 по 15 мая 2024 года |
Страна | Въезд
Китай | 1
Турция | 2
"""), 3, 2)
reads("a total without a label first", tsv("""
Страна | 2022 | 2023 | 2024
 | 6 | 60 | 600
Китай | 1 | 10 | 100
Турция | 2 | 20 | 200
Россия | 3 | 30 | 300
"""), 666, 3)
reads("a year once, with a total of each year", tsv("""
Год | Страна | Число
2022 | Китай | 1
 | Турция | 2
 | Всего | 3
2023 | Китай | 4
 | Турция | 5
 | Всего | 9
"""), 12, 4)
reads("a rate of growth beside years", tsv("""
Страна | 2022 | 2023 | 2023 в % к 2022
Китай | 1 | 2 | 200
Турция | 2 | 3 | 150
"""), 8, 2)
refuses("units of two kinds in a column of units", "Показатель;Ед. изм.;2022;2023\nПрибыло;человек;1;2\nТемп роста;%;3;4\n")
reads("Spain alone is no remark", tsv("""
Страна | 2022 | 2023
Испания | |
Турция | 2 | 3
"""), 5, 2)
reads("Turkmen years", tsv("""
Welaýat | 2022 ý. | 2023 ý.
Ahal welaýaty | 1 | 2
Mary welaýaty | 3 | 4
"""), 10, 2)
reads("Azerbaijani years", tsv("""
Ölkələr | 2022-ci il | 2023-cü il
Rusiya | 1 | 2
Türkiyə | 3 | 4
"""), 10, 2)
reads("Armenian", tsv("""
Երկիր | 2022 | 2023
Ռուսաստան | 1 | 2
Վրաստան | 3 | 4
"""), 10, 2)
reads("Georgian", tsv("""
ქვეყანა | 2022 | 2023
რუსეთი | 1 | 2
თურქეთი | 3 | 4
"""), 10, 2)
