"""A third set of tables as agencies publish them: what a person reads in each was written before the reader was run on it.
Figures are made up."""

from .agency import grid, reads, refuses, tsv
from .case import group

group("third: BNS Kazakhstan")

reads("arrivals, departures and the balance by region, the half-year in the title", tsv("""
Миграция населения по областям, 1 полугодие 2024 года | | |
 | Прибыло | Выбыло | Сальдо миграции
Республика Казахстан | 60 | 42 | 18
Абай | 10 | 12 | -2
Акмолинская | 20 | 10 | 10
Актюбинская | 30 | 20 | 10
"""), 120, 3)
reads("ethnic groups, as labels of their own", tsv("""
Прибыло в страну по отдельным этносам, человек | | |
Этносы | 2021 год | 2022 год | 2023 год
Всего | 111 | 122 | 133
Казахи | 50 | 60 | 70
Русские | 40 | 42 | 43
Узбеки | 21 | 20 | 20
"""), 366, 3)
reads("a workbook with three levels of header", grid(
    [["Внешняя миграция населения, человек"], ["Регион", "Прибыло", "", "Выбыло", ""], ["", "2022 год", "2023 год", "2022 год", "2023 год"],
     ["Абай", 1, 2, 3, 4], ["Павлодарская", 5, 6, 7, 8]], merges=["A1:E1", "A2:A3", "B2:C2", "D2:E2"]), 36, 2, file="t.xlsx")
reads("cumulative months in Kazakh", tsv("""
Кезең | Келгендер | Кеткендер
2024 жылғы қаңтар-наурыз | 10 | 20
2024 жылғы қаңтар-маусым | 25 | 45
"""), 100, 2)
reads("year and month in columns of their own, Kazakh", "Жыл;Ай;Бағыты;Адам саны\n2024;қаңтар;келу;5\n2024;қаңтар;кету;4\n2024;ақпан;келу;6\n2024;ақпан;кету;3\n", 18, 4)
reads("footnote numbers on the names of regions", tsv("""
Регион | 2022 | 2023
Туркестанская область¹ | 10 | 20
г. Шымкент¹ | 5 | 6
¹ До 2018 года - Южно-Казахстанская область. | |
"""), 41, 2)
reads("a letter for confidential figures, explained below", tsv("""
Страна | 2022 | 2023
Узбекистан | 10 | 20
Иран | х | 5
х - данные конфиденциальны | |
"""), 35, 2)
reads("town and country across, sexes down, the year above", tsv("""
Численность мигрантов на 1 января 2024 года | | |
 | Все население | Городское | Сельское
Мужчины | 30 | 20 | 10
Женщины | 50 | 40 | 10
"""), 160, 2)
reads("several countries in one label are a group of their own", tsv("""
Страна выхода | 2022 | 2023
Всего | 60 | 66
Страны СНГ | 40 | 44
Узбекистан | 30 | 33
Россия | 10 | 11
Другие страны | 20 | 22
"""), 126)

group("third: NSC Kyrgyzstan")

reads("sections of years above the regions", tsv("""
Территория | Прибыло | Выбыло
2022 | |
Чуйская область | 1 | 2
г. Бишкек | 3 | 4
2023 | |
Чуйская область | 5 | 6
г. Бишкек | 7 | 8
"""), 36, 4)
reads("sections of countries above the sexes", tsv("""
 | 2022 | 2023
Россия | |
мужчины | 10 | 20
женщины | 30 | 40
Казахстан | |
мужчины | 1 | 2
женщины | 3 | 4
"""), 110, 4)
reads("sections of words that nobody lists", tsv("""
 | 2022 | 2023
Внутренняя миграция | |
прибыло | 10 | 20
выбыло | 10 | 20
Внешняя миграция | |
прибыло | 1 | 2
выбыло | 3 | 4
"""), 70, 4)
reads("Kyrgyz headers", tsv("""
Аймак | 2022-жыл | 2023-жыл
Баткен облусу | 10 | 11
Бишкек шаары | 20 | 22
"""), 63, 2)
reads("months in Kyrgyz", tsv("""
Айлар | Келгендер | Кеткендер
2024-жыл, январь | 5 | 6
2024-жыл, февраль | 7 | 8
"""), 26, 2)
reads("quarter and year in one cell of a long file", "Период,Направление,Страна,Человек\nI квартал 2024 г.,прибыло,Россия,4\nI квартал 2024 г.,выбыло,Россия,5\nII квартал 2024 г.,прибыло,Россия,6\nII квартал 2024 г.,выбыло,Россия,7\n", 22, 4)
reads("per cent beside the figures is no figure of persons", tsv("""
Страна | Человек, 2023 | в % к итогу
Россия | 80 | 80,0
Казахстан | 20 | 20,0
"""), None, 2)

group("third: TajStat")

reads("Tajik quarters", tsv("""
Минтақа | семоҳаи якуми соли 2024 | семоҳаи дуюми соли 2024
ВМКБ | 1 | 2
вилояти Хатлон | 3 | 4
"""), 10, 2)
reads("who left and who came back, by sex, the months of a year in a title", tsv("""
Миграция трудовая за январь-июнь 2024 года (человек) | | |
Регион | Всего | мужчины | женщины
г. Душанбе | 30 | 25 | 5
Согдийская область | 50 | 45 | 5
Хатлонская область | 70 | 60 | 10
"""), 300, 3)
reads("years down, countries across", tsv("""
Год | Россия | Казахстан | Другие страны | Всего
2022 | 90 | 5 | 5 | 100
2023 | 80 | 10 | 10 | 100
"""), 400, 2)

group("third: Uzbekistan Stat")

reads("the period at the head of each column, Latin", tsv("""
Hududlar | 2023-yil yanvar-mart | 2024-yil yanvar-mart
Andijon viloyati | 10 | 20
Navoiy viloyati | 30 | 40
"""), 100, 2)
reads("Latin Uzbek by sex, long", "Yil;Jins;Mamlakat;Soni\n2023;erkaklar;Rossiya;5\n2023;ayollar;Rossiya;6\n2023;erkaklar;Turkiya;1\n2023;ayollar;Turkiya;2\n", 14, 4)
reads("a total row in Uzbek", tsv("""
Davlatlar | 2022-yil | 2023-yil
Jami | 30 | 33
Rossiya | 20 | 22
Qozog‘iston | 10 | 11
"""), 63, 2)
reads("thousands of persons, decimal commas, Cyrillic", tsv("""
Мигрантлар сони (минг киши) | |
Ҳудуд | 2022 йил | 2023 йил
Тошкент шаҳри | 1,5 | 2,5
Бухоро вилояти | 0,3 | 0,4
"""), "4.7", 2)
reads("quarters in Uzbek", tsv("""
Davlat | 2024-yil I chorak | 2024-yil II chorak
Rossiya | 4 | 5
Xitoy | 6 | 7
"""), 22, 2)

group("third: Rosstat")

reads("in two levels: all, and by region of the world", tsv("""
Международная миграция (человек) | | |
 | 2021 | 2022 | 2023
Прибыло в Российскую Федерацию - всего | 30 | 33 | 36
в том числе: | | |
из стран СНГ | 20 | 22 | 24
из других зарубежных стран | 10 | 11 | 12
"""), 99)
reads("months of a year with the cumulative column beside", tsv("""
Страна | январь 2024 | февраль 2024 | январь-февраль 2024
Узбекистан | 1 | 2 | 3
Китай | 4 | 5 | 9
"""), None)
reads("a dash with a long legend and dots", tsv("""
Регион | 2022 г. | 2023 г.
Омская область | 12 | -
Томская область | ... | 15
Условные обозначения: - явление отсутствует; ... данных не имеется | |
"""), 27, 2)
reads("federal districts with parts below", tsv("""
Субъект | 2022 | 2023
Российская Федерация | 30 | 33
Центральный федеральный округ | 20 | 22
Сибирский федеральный округ | 10 | 11
"""), 63, 2)

group("third: Eurostat")

reads("SDMX-CSV 2.0 with structure columns", "STRUCTURE,STRUCTURE_ID,freq,citizen,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\ndataflow,ESTAT:MIGR_IMM1CTZ(1.0),A,UZ,T,NR,DE,2022,15,,F\ndataflow,ESTAT:MIGR_IMM1CTZ(1.0),A,KZ,T,NR,DE,2022,25,p,F\n", 40, 2)
reads("TSV with quarters and confidential cells", "freq,citizen,unit,geo\\TIME_PERIOD\t2024-Q1 \t2024-Q2 \nQ,TJ,PER,PL\t5 \t10 b\nQ,KG,PER,PL\t: c\t2 \n", 17, 2, file="t.tsv")
reads("a workbook with flags in columns without a name", grid(
    [["First permits by reason"], ["Data extracted on 15/03/2024"], [], ["TIME", "2021", "", "2022", ""], ["GEO (Labels)", "", "", "", ""], ["Germany", 10, "", 20, "p"], ["Poland", 1, "b", 2, ""]]), 33, 2, file="t.xlsx")
reads("the linear CSV with labels", "Time frequency,Citizenship,Unit of measure,Geopolitical entity (reporting),TIME_PERIOD,OBS_VALUE\nAnnual,Uzbekistan,Person,Germany,2022,5\nAnnual,Uzbekistan,Person,Poland,2022,6\nAnnual,Tajikistan,Person,Poland,2022,1\n", 12, 3)

group("third: UNHCR and UN")

reads("refugees by origin and asylum, with total rows of a download", "Year,Country of Origin Code,Country of Asylum Code,Country of Origin Name,Country of Asylum Name,Refugees,Asylum-seekers\n2023,AFG,TJK,Afghanistan,Tajikistan,100,10\n2023,AFG,UZB,Afghanistan,Uzbekistan,20,5\n2023,SYR,KAZ,Syrian Arab Rep.,Kazakhstan,3,1\n", 139, 3)
reads("demographics by age and sex", "Year,Country of asylum,Female 0-4,Female 5-11,Male 0-4,Male 5-11\n2023,Tajikistan,1,2,3,4\n2023,Kazakhstan,5,6,7,8\n", 36, 2)
reads("arrivals by date of registration", "Registration Date,Individuals,Location\n2024-05-13,12,Termez\n2024-05-14,9,Termez\n", 21, 2)
reads("UN DESA stock with the numeric code of the world", "Year,Destination,Location code,International migrant stock\n2020,World,900,60\n2020,Kazakhstan,398,30\n2020,Kyrgyzstan,417,10\n2020,Uzbekistan,860,20\n", 60, 3)
reads("UN DESA with regions above countries", "Region;Code;1990;1995\nCentral Asia;5500;60;66\nKazakhstan;398;40;44\nUzbekistan;860;20;22\n", 126, 2)

group("third: World Bank")

reads("remittances, the matrix with a note below", grid(
    [["Migrant remittance inflows (US$ million)", 2021, 2022, "2023e"], ["Kyrgyz Republic", 2700, 3050, 2900], ["Tajikistan", 2900, 5300, 5700], ["Note: e = estimate"]]), 22550, 2, file="t.xlsx")
reads("a tidy indicator file", "indicator,country,iso2c,iso3c,date,value\nNet migration,Kazakhstan,KZ,KAZ,2021,-10\nNet migration,Kazakhstan,KZ,KAZ,2022,20\nNet migration,Tajikistan,TJ,TJK,2022,-5\n", 5, 3)
reads("an aggregate among countries", "Country Name,Country Code,2021,2022\nKazakhstan,KAZ,10,20\nUzbekistan,UZB,30,40\nCentral Asia,CAS,40,60\n", 100)

group("third: IDMC, DTM, HDX")

reads("IDMC events", "country,iso3,year,start_date,hazard_category,new_displacement\nTajikistan,TJK,2023,2023-02-15,Geophysical,700\nTajikistan,TJK,2023,2023-07-01,Weather related,100\n", 800, 2)
reads("HXL tags with sexes and ages, adults and children", "adm1,date,girls,boys,women,men,total\n#adm1+name,#date,#affected+f+children,#affected+m+children,#affected+f+adults,#affected+m+adults,#affected\nOsh,2024-01-01,1,2,3,4,10\nBatken,2024-01-01,5,6,7,8,26\n", 72, 2)
reads("DTM: places of origin and months, returnees in households left alone", "month,province_of_return,country_of_departure,returnee_individuals\n2024-01,Herat,Iran,100\n2024-01,Herat,Pakistan,50\n2024-02,Herat,Iran,80\n", 230, 3)
reads("flow monitoring survey by hour and day", "Date,FMP name,Direction,Male adults,Female adults,Boys,Girls\n2024-06-01,Dostuk,Entry,5,4,1,2\n2024-06-02,Dostuk,Entry,6,3,0,1\n", 22, 2)
reads("HXL codes and names of places, numbers of people in need", "State,Locality,Locality code,Date,People displaced\n#adm1+name,#adm2+name,#adm2+code,#date,#affected+displaced\nKassala,Aroma,SD1101,2024-06-30,10\nKassala,Halfa,SD1102,2024-06-30,20\n", 30, 2)
reads("a pivot table with its totals both ways", grid(
    [["Sum of persons", "Column Labels"], ["Row Labels", "2023", "2024", "Grand Total"], ["Kazakhstan", 5, 6, 11], ["Uzbekistan", 7, 8, 15], ["Grand Total", 12, 14, 26]]), 26, 2, file="t.xlsx")
reads("a pivot table in tabular form, labels of the group once", grid(
    [["Country", "Sex", "2023", "2024"], ["Kazakhstan", "Female", 1, 2], ["", "Male", 3, 4], ["Kazakhstan Total", "", 4, 6], ["Uzbekistan", "Female", 5, 6], ["", "Male", 7, 8], ["Uzbekistan Total", "", 12, 14], ["Grand Total", "", 16, 20]]), 36, 4, file="t.xlsx")
reads("a pivot table in outline, sexes under each country", grid(
    [["Row Labels", "2023", "2024"], ["Kazakhstan", 4, 6], ["Female", 1, 2], ["Male", 3, 4], ["Uzbekistan", 12, 14], ["Female", 5, 6], ["Male", 7, 8], ["Grand Total", 16, 20]]), 36, None, file="t.xlsx")

group("third: Turkey, China and others")

reads("TÜİK: provinces by year, points between thousands", "İl;2022;2023\nToplam;3.234.567;3.334.600\nİstanbul;2.200.067;2.300.100\nAnkara;1.034.500;1.034.500\n", 6569167, 2)
reads("Turkish sexes and years, long", "Yıl;Cinsiyet;Uyruk;Kişi sayısı\n2023;Erkek;Kazakistan;5\n2023;Kadın;Kazakistan;6\n2023;Erkek;Özbekistan;1\n2023;Kadın;Özbekistan;2\n", 14, 4)
reads("Turkish quarters", "Ülke;2024 1. Çeyrek;2024 2. Çeyrek\nRusya;4;5\nÇin;6;7\n", 22, 2)
reads("Turkish months, the year in a column of its own", "Yıl;Ay;Giriş;Çıkış\n2024;Ocak;5;4\n2024;Şubat;6;3\n2024;Mart;7;2\n", 27, 3)
reads("Chinese quarters", "国家,2024年第一季度,2024年第二季度\n哈萨克斯坦,10,20\n俄罗斯,30,40\n", 100, 2)
reads("Chinese cumulative months", "时期,入境人数\n2024年1-3月,10\n2024年1-6月,25\n", 35, 2)
reads("Chinese months and sexes", "月份,男,女,合计\n2024年1月,1,2,3\n2024年2月,3,4,7\n", 20, 2)
reads("Chinese ten thousands of persons", "年份,入境人数（万人）\n2022,10.5\n2023,20.5\n", 31, 2)
refuses("solar Hijri years in words", "سال;استان;نفر\n۱۴۰۲;تهران;۱۰\n۱۴۰۲;فارس;۲۰\n")
refuses("Buddhist years", "ปี,ประเทศ,คน\n2567,ลาว,10\n2567,พม่า,20\n")
reads("Azerbaijani months", "Aylar;Gələnlər;Gedənlər\nYanvar 2024;10;5\nFevral 2024;12;6\n", 33, 2)
reads("Georgian years across", "ქვეყანა;2022;2023\nრუსეთი;10;20\nთურქეთი;5;6\n", 41, 2)
reads("Armenian years across", "Երկիր;2022;2023\nՌուսաստան;10;20\nՎրաստան;5;6\n", 41, 2)
reads("Mongolian months", "Сар;Ирсэн;Явсан\n2024 оны 1-р сар;5;4\n2024 оны 2-р сар;6;3\n", 18, 2)
reads("Urdu digits left to right", "ملک,۲۰۲۲,۲۰۲۳\nافغانستان,۱۰,۲۰\nچین,۳۰,۴۰\n", 100, 2)

group("third: totals beside other columns")

reads("the total beside the code of nothing", "Year,Country,Country code,Persons\n2024,Total,900,30\n2024,Uzbekistan,860,10\n2024,China,156,20\n", 30, 2)
reads("a name that the code beside it does not have", "Year,Country,Country code,Persons\n2024,Kosovo,KOS,5\n2024,Uzbekistan,860,10\n2024,China,156,20\n", 35, 3)
reads("two names beside one code that nobody has", "Year,Country,Country code,Persons\n2024,World,999,30\n2024,Uzbekistan,860,10\n2024,Others,999,20\n", 30, 2)
reads("the total beside the number of a station", "Year,Region,Station,Persons\n2024,Total,Z,30\n2024,Astana,B1,10\n2024,Shymkent,B2,20\n", 30, 2)
reads("a total that is less than its stations stays the total", "Year,Region,Station,Persons\n2024,Total,Z,29\n2024,Astana,B1,10\n2024,Shymkent,B2,20\n", 30, 2)
reads("stations of which one serves all regions are no second name of them", "Year,Region,Station,Persons\n2024,Total,Z,30\n2024,Astana,Z,10\n2024,Shymkent,Z,20\n", 30, 2)
reads("ten thousands written with the unit in one word", "年份,入境人数（万人次）,\n2022,10.5,\n2023,20.5,\n", 31, 2)

reads("the total of a country by name is that country", "Страна;2023\nРоссия, всего;10\nКитай;5\n", 15, 2)
reads("subtotals typed by hand among sexes", "Страна;Пол;2023\nРоссия;муж;10\nРоссия;жен;5\nРоссия всего;;15\nКитай;муж;3\nКитай;жен;2\nИтого Китай;;5\nВсего;;20\n", 20, 4)
reads("a total over the months", "Месяц;Въезд;Выезд\n2024-01;5;6\n2024-02;7;8\nИтого;12;14\n", 26, 2)
reads("a total over the years", "Год;Прибыло\n2022;5\n2023;7\nВсего;12\n", 12, 2)
reads("a year beside the word for all its quarters", "Год;Квартал;Прибыло\n2023;I;1\n2023;II;2\n2023;III;3\n2023;IV;4\n2023;Всего;10\n", 20, 5)
reads("inner totals under a label that stands once", "Страна;Пол;2023\nРоссия;муж;1\n;жен;2\n;Итого;3\nКитай;муж;4\n;жен;5\n;Итого;9\nВсего;;12\n", 12, 4)
reads("the year once, the country once, its total", "Год;Страна;Пол;Прибыло\n2022;Россия;муж;1\n;;жен;2\n;Россия всего;;3\n2023;Россия;муж;4\n;;жен;5\n;Россия всего;;9\n", 12, 4)
reads("indicators that stand once each are no totals", "Year,Indicator,Sex,Value\n2023,Population,Total,100\n2023,Refugees,Men,5\n2023,Stayers,Women,3\n", None, 3)
reads("sections of one cell", "Наименование;2022;2023\nВыезд\nРоссия;10;11\nКазахстан;20;21\nВъезд\nРоссия;5;6\nКазахстан;7;8\n", 88, 4)
reads("three levels, each label once, totals of each", "Регион;Страна;Пол;2023\nАстана;Россия;муж;1\n;;жен;2\n;Китай;муж;3\n;;жен;4\nАстана всего;;;10\nШымкент;Россия;муж;5\n;;жен;6\n;Китай;муж;7\n;;жен;8\nШымкент всего;;;26\nИтого;;;36\n", 36, 8)

group("third: what nobody should read")

refuses("dates of which the order is nowhere proved", "Date,Country,Persons\n03/04/2024,Kazakhstan,1\n05/06/2024,Kazakhstan,2\n07/08/2024,Kazakhstan,3\n")
reads("a day beyond twelve far below proves the order", "Date,Country,Persons\n" + "".join(f"0{1 + i % 9}/0{1 + i // 9 % 9}/202{i // 81},Kazakhstan,1\n" for i in range(300)) + "25/03/2024,Kazakhstan,1\n", 301, 301)
refuses("a date far below that contradicts the first rows", "Date,Country,Persons\n25/01/2020,Kazakhstan,1\n26/01/2020,Kazakhstan,1\n" + "".join(f"0{1 + i % 9}/0{1 + i // 9 % 9}/202{i // 81},Kazakhstan,1\n" for i in range(300)) + "01/25/2020,Kazakhstan,1\n", outcome="error")
refuses("300 dates of which none proves the order", "Date,Country,Persons\n" + "".join(f"0{1 + i % 9}/0{1 + i // 9 % 9}/202{i // 81},Kazakhstan,1\n" for i in range(300)))
refuses("two days beyond twelve that prove two orders", "Date,Country,Persons\n03/04/2024,Kazakhstan,1\n25/03/2024,Kazakhstan,2\n03/26/2024,Kazakhstan,3\n")
refuses("figures with two signs that may be decimals", "Год;Страна;Человек\n2023;Узбекистан;1.234,5\n2022;Узбекистан;5,678.5\n")
refuses("a total that is less than its parts by words", "Год;Страна;Человек\n2023;Узбекистан;5\n2023;Узбекистан;6\n")
refuses("shares of which nobody says of what beside the figures of another year", "Регион;Доля\nАстана;5,5\nАлматы;94,5\n")
