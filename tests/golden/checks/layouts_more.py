"""More layouts of agency tables: totals that only figures or a country's name prove, names in two languages, measures across,
flags beside figures. Each was written with what a person reads in it before the reader was run on it.
"""

from .agency import READ, grid, reads, refuses
from .case import check, group
from .layouts import sees

group("more layouts of agency tables")

# Sums that count nothing twice

reads("a country above its regions, one year", "Международная миграция по областям в 2023 году, человек;;;\n;Прибыло;Выбыло;Миграционный прирост (убыль)\nРеспублика Беларусь;60;42;18\n"
      "Брестская;10;12;-2\nВитебская;20;10;10\nГомельская;30;20;10\n", 120, 3)
reads("the same with one column", "Прибыло в 2023 году, человек\n;Прибыло\nУкраїна;60\nВінницька;10\nВолинська;20\nДніпропетровська;30\n", 60, 3)
reads("a country among countries is none", "Прибыло в 2023 году, человек\n;Прибыло\nРоссия;60\nКитай;10\nИндия;20\nИран;30\n", 120, 4)
reads("a country that is off the sum of the regions beside it by a unit", "Прибыло в 2023 году, человек\n;Прибыло\nУкраїна;61\nВінницька;10\nВолинська;20\nДніпропетровська;30\n", 60, 3)
reads("the country in every section, and sections of all, urban and rural", "Численность населения на начало года, тысяч человек\n;2022;2023\nВсе население\nРеспублика Таджикистан;10;14\nГБАО;3;4\n"
      "Согдийская область;3;4\nРРП;4;6\nГородское население\nРеспублика Таджикистан;4;6\nГБАО;1;1\nСогдийская область;1;2\nРРП;2;3\nСельское население\n"
      "Республика Таджикистан;6;8\nГБАО;2;3\nСогдийская область;2;2\nРРП;2;3\n", 24)
reads("other countries, and which of them", "\"Внешняя миграция, 2023 год\"\n,Прибыло,Выбыло\nВсего,20,30\nв том числе:\nстраны СНГ,12,18\nиз них:\nРоссия,7,10\nУзбекистан,5,8\n"
      "другие страны,8,12\nиз них:\nКитай,5,6\nГермания,3,6\n", 50, 4)

# Names of columns

sees("names in two languages", grid([["Халықтың көші-қоны / Миграция населения"], ["2024 жылғы қаңтар-маусым / январь-июнь 2024 года"], ["", "Келгені / Прибыло", "Кеткені / Выбыло", "Көші-қон айырымы / Сальдо миграции"],
                                     ["Ақмола облысы / Акмолинская область", 5, 7, -2], ["Абай облысы / область Абай", 8, 6, 2]]),
     [["2024-S1", 5, 4, "KZ11", "IN"], ["2024-S1", 7, 4, "KZ11", "OUT"], ["2024-S1", -2, 4], ["2024-S1", 8, 5], ["2024-S1", 6, 5], ["2024-S1", 2, 5]], file="t.xlsx")
refuses("names of two things between a slash", "2024 год\n;Прибыло / Выбыло;Умерло / Родилось\nАкмолинская область;5;7\n")
refuses("a name of which one part is not known", "2024 год\n;Прибыло / задержано;Выбыло / отказано\nАкмолинская область;5;7\n")
sees("numerals of quarters below their years", grid([["Прибыло, человек"], ["", 2023, "", "", "", 2024], ["", "I", "II", "III", "IV", "I", "II"], ["Ошская область", 11, 12, 13, 14, 15, 16],
                                                    ["Чуйская область", 21, 22, 23, 24, 25, 26]], ["B2:E2", "F2:G2"]),
     [("2023-Q1", 11), ("2023-Q2", 12), ("2023-Q3", 13), ("2023-Q4", 14), ("2024-Q1", 15), ("2024-Q2", 16), ("2023-Q1", 21), ("2023-Q2", 22), ("2023-Q3", 23), ("2023-Q4", 24), ("2024-Q1", 25), ("2024-Q2", 26)],
     file="t.xlsx")
refuses("numerals of groups below their years", grid([["Прибыло, человек"], ["", 2023, "", "", 2024], ["", "I", "II", "V", "I", "II", "V"], ["Ошская область", 11, 12, 13, 14, 15, 16]], ["B2:D2", "E2:G2"]), file="t.xlsx")
refuses("two numerals below their years", grid([["Прибыло, человек"], ["", 2023, "", 2024], ["", "I", "II", "I", "II"], ["Ошская область", 11, 12, 13, 14]], ["B2:C2", "D2:E2"]), file="t.xlsx")
sees("quarters behind a colon, and a change in per cent", "International Visitor Arrivals by citizenship;;;\nCountry;2024: I Q;2024: II Q;Change, %\nTürkiye;5;6;20%\nArmenia;7;8;14.3%\n",
     [("2024-Q1", 5), ("2024-Q2", 6), ("2024-Q1", 7), ("2024-Q2", 8)])
sees("movements into and out of a country, in the cases of names", "Дата,Виїзд з України,Вʼїзд в Україну\n2024-05-01,5,6\n2024-05-02,7,8\n",
     [["2024-05-01", 5, 2, "OUT"], ["2024-05-01", 6, 2, "IN"], ["2024-05-02", 7, 3, "OUT"], ["2024-05-02", 8, 3, "IN"]])
sees("the same down, with totals behind a dash", ";2022;2023\nПрибыло в Российскую Федерацию – всего;5;6\nВыбыло из Российской Федерации – всего;7;8\n",
     [["2022", 5, 2, "IN"], ["2023", 6, 2, "IN"], ["2022", 7, 3, "OUT"], ["2023", 8, 3, "OUT"]])
refuses("movements from one country alone", "Дата,Виїзд в Україну,Вʼїзд з України\n2024-05-01,5,6\n")
sees("weeks from a day until another", "Сведения о пересечении границы иностранными гражданами, по неделям\nНеделя с;по;Въезд;Выезд\n01.04.2024;07.04.2024;5;6\n08.04.2024;14.04.2024;7;8\n",
     [("2024-04-01/2024-04-07", 5), ("2024-04-01/2024-04-07", 6), ("2024-04-08/2024-04-14", 7), ("2024-04-08/2024-04-14", 8)])
refuses("two columns of days of which nothing is said", "Одна дата;Другая дата;Въезд;Выезд\n01.04.2024;07.04.2024;5;6\n08.04.2024;14.04.2024;7;8\n")
sees("numbered rows and columns below the number of an annex", grid([["Приложение 2"], ["Сведения о миграции за 2023 год"], ["№", "Область", "Прибыло", "Выбыло"], [1, 2, 3, 4], ["1.", "Абай", 87, 102],
                                                                     ["2.", "Павлодарская", 594, 714], ["", "ИТОГО:", 681, 816]]),
     [("2023", 87), ("2023", 102), ("2023", 594), ("2023", 714), ("2023", 681), ("2023", 816)], file="t.xlsx")
sees("the number of a table before its title", "Таблица 3. Внешняя миграция за 2023 год, человек\n;Прибыло;Выбыло\nАбай;5;6\n", [("2023", 5), ("2023", 6)])
reads("totals of a column with one name", "Миграция по странам прибытия, 2023 год, человек\n;Прибыло\nВсего;9\nРоссия;4\nКазахстан;5\n", 9, 2)

# What a row says that no table means

refuses("a figure that slid into the column of countries", "Внешняя миграция, 2023 год, человек;;;\nОбласть;Страна;Прибыло;Выбыло\nАбай;Россия;1254;800\nАбай;300;20;\nАкмолинская;Россия;210;30\n", outcome="rejected-rows")
check("the same, with its place", "Год;Страна;Прибыло;Выбыло\n2023;Россия;1254;800\n2023;▸300;20;\n2024;Россия;210;30\n", "rejected-rows", None, None, "error LABEL_NUMBER")
reads("numbers of countries where all labels are such", "Год;Страна;Прибыло\n2023;398;5\n2023;860;6\n", 11, 2)
reads("a balance as a row is added to neither arrivals nor departures", "Показатели внешней миграции в 2023 году, тыс. человек\nПоказатель;январь-март;январь-июнь\nПрибыло;5,4;11,2\nВыбыло;3,1;7,2\nСальдо миграции;2,3;4,0\n", "26.9", 2)
reads("the same under regions", "Область;Показатель;2022;2023\nАбай;Прибыло;10;20\nАбай;Выбыло;12;14\nАбай;Сальдо миграции;-2;6\nЖетісу;Прибыло;1;2\nЖетісу;Выбыло;3;4\nЖетісу;Сальдо миграции;-2;-2\n", 66, 4)
reads("balances alone are figures", "Область;2022;2023\nАбай;-2;6\nЖетісу;-2;-2\n".replace("Область", "Сальдо миграции по областям;;\nОбласть"), 0, 2)

# What stands above figures

sees("months with years of two digits, one after another", "Страна;янв.24;фев.24;мар.24\nРоссия;1;2;3\nКитай;4;5;6\n",
     [("2024-01", 1), ("2024-02", 2), ("2024-03", 3), ("2024-01", 4), ("2024-02", 5), ("2024-03", 6)])
sees("the same over the end of a year", "Country;Nov-23;Dec-23;Jan-24\nRussia;1;2;3\n", [("2023-11", 1), ("2023-12", 2), ("2024-01", 3)])
refuses("days of several months", "Country;Jan-24;Feb-25;Mar-26\nRussia;1;2;3\n")
refuses("two months with years of two digits", "Country;Jan-24;Feb-24\nRussia;1;2\n")
reads("footnotes on arrivals and departures", "Миграция населения за 2023 год, человек\nОбласть;Прибыло*;Выбыло**\nАкмолинская;3;8\nАктюбинская;4;6\n* прибывшие из-за рубежа\n** выбывшие за рубеж\n", 21, 2)
reads("a total that names its period below days", "Дата;Въезд;Выезд\n01.06.2024;5;6\n15.06.2024;7;8\nИтого за июнь;12;14\n", 26, 2)
reads("the same of a quarter and of the year", "Период;Прибыло\nI квартал 2023;5\nII квартал 2023;7\nИтого за 1 полугодие;12\nВсего за 2023 год;12\n", 12, 2)
sees("regions across, a row that heads the years below it", "Внешняя миграция населения по территории\n(человек)\n;Баткенская область;Ошская область\nЧисло прибывших;;\n2021;1;2\n2022;3;4\nЧисло выбывших;;\n2021;5;6\n2022;7;8\n",
     [("2021", 1), ("2021", 2), ("2022", 3), ("2022", 4), ("2021", 5), ("2021", 6), ("2022", 7), ("2022", 8)])
sees("years over one measure that is named again", grid([["Число прибывших из зарубежных стран (человек)"], ["", "", 2022, 2023], ["Территория", "Вид", "значение показателя за год", "значение показателя за год"],
                                                        ["Белгородская область", "прибыло", 1, 2], ["Брянская область", "прибыло", 3, 4]]),
     [("2022", 1), ("2023", 2), ("2022", 3), ("2023", 4)], file="t.xlsx")
sees("sexes in parentheses behind one title over years", grid([["Table 1. International migrant stock at mid-year by sex and by area of destination, 2015-2020"],
                                                               ["Index", "Country or area", "Location code", "International migrant stock at mid-year (both sexes)", "", "International migrant stock at mid-year (male)", ""],
                                                               ["", "", "", 2015, 2020, 2015, 2020], [1, "Kazakhstan", 398, 5, 6, 2, 3], [2, "Kyrgyzstan", 417, 7, 8, 4, 5]], ["D2:E2", "F2:G2"]),
     [("2015", 5), ("2020", 6), ("2015", 2), ("2020", 3), ("2015", 7), ("2020", 8), ("2015", 4), ("2020", 5)], file="t.xlsx")
reads("groups of people over entries and exits are not added", grid([["Пересечение границы через пункты пропуска, 2 квартал 2024 года"], ["Пункт пропуска", "Иностранные граждане", "", "Граждане РК", ""], ["", "въезд", "выезд", "въезд", "выезд"],
                                                                      ["Кордай", 5, 6, 7, 8], ["Хоргос", 1, 2, 3, 4]], ["B2:C2", "D2:E2", "A2:A3"]), 36, 2, file="t.xlsx")
refuses("groups of which one is a rate", grid([["Прибыло, 2 квартал 2024 года"], ["Пункт", "Иностранцы", "", "в % к итогу", ""], ["", "въезд", "выезд", "въезд", "выезд"], ["Кордай", 5, 6, 7, 8]], ["B2:C2", "D2:E2"]), file="t.xlsx")
sees("a header in Kazakh and the same in Russian below it", "2024 жылғы III тоқсан / III квартал 2024 года\nӨңір;Көшіп келгендер, адам;Көшіп кеткендер, адам;Көші-қон айырымы, адам\nРегион;Прибывшие, человек;Выбывшие, человек;Сальдо миграции, человек\n"
     "Абай;5;7;-2\nАқмола;8;6;2\n", [("2024-Q3", 5), ("2024-Q3", 7), ("2024-Q3", -2), ("2024-Q3", 8), ("2024-Q3", 6), ("2024-Q3", 2)])
SDMX = "STRUCTURE,STRUCTURE_ID,freq,Time frequency,reason,Reason,citizen,Country of citizenship,geo,Geopolitical entity (reporting),TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
sees("codes and their labels in columns of their own, one of one name", SDMX + "dataflow,ESTAT:X(1.0),A,Annual,EMP,Employment reasons,UA,Ukraine,PL,Poland,2022,5,\ndataflow,ESTAT:X(1.0),A,Annual,EMP,Employment reasons,KZ,Kazakhstan,PL,Poland,2022,6,\n",
     [("2022", 5), ("2022", 6)])
sees("the same of the OECD, with labels of periods and figures", "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,CITIZENSHIP,Citizenship,SEX,Sex,TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Observation status\n"
     "DATAFLOW,OECD:X(1.0),I,KAZ,Kazakhstan,RUS,Russia,_T,Total,2021,,5,,A,Normal value\nDATAFLOW,OECD:X(1.0),I,KAZ,Kazakhstan,UZB,Uzbekistan,_T,Total,2021,,6,,A,Normal value\n", [("2021", 5), ("2021", 6)])
reads("no value as Eurostat writes it, below its name of both axes", "GEO/TIME;2024-01;2024-02\nAustria;1;2\nEstonia;3;:\n", 6, 2)
reads("a remark in the second column, without the other delimiters", "Внешняя миграция в январе-марте 2024 года\n№;Область;Прибыло, чел.;Выбыло, чел.\n1;Абай;5;6\n2;Акмолинская;7;8\n;Итого:;12;14\n\n;Исп.: Иванова А.Б., тел. 8 (7172) 74-90-12\n", 26, 2)
sees("flags beside figures and their legend below", grid([["Data extracted on 12/06/2024 10:11:12 from [ESTAT]"], ["Dataset: ", "", "Population on 1 January by citizenship"], ["Last updated: ", "", "12/06/2024 23:00"], [""], ["Time frequency", "", "Annual"],
                                                         ["Unit of measure", "", "Number"], [""], ["TIME", 2022, "", 2023, "", 2024, ""], ["GEO (Labels)"],
                                                         ["Czechia", 1, "", 2, "b", 3, "p"], ["Germany", 4, "", 5, "b", 6, "p"], [""], ["Special value"], [":", "not available"], ["Observation flags:"],
                                                         ["b", "break in time series"], ["p", "provisional"]]), [("2022-01-01", 1), ("2023-01-01", 2), ("2024-01-01", 3), ("2022-01-01", 4), ("2023-01-01", 5), ("2024-01-01", 6)],
     file="t.xlsx")

# Rows beside the parts

reads("the country among its regions is the total, whatever they add up to", "Внешняя миграция населения, 2023 год, человек\nОбласть;Прибыло;Выбыло\nКыргызская Республика;300;30\nЧуйская область;200;20\nг. Бишкек;101;10\n", 331, 2)
reads("the same above districts and their regions", "Внешняя миграция населения, 2023 год, человек\nРегион;Прибыло\nРоссийская Федерация;300\nЦентральный федеральный округ;200\nСеверо-Западный федеральный округ;100\n", 300, 2)
reads("countries under a word for regions are no total", "Прибыло, 2023 год, человек\nРегион;Прибыло\nРоссия;300\nКитай;200\nИндия;100\n", 600, 3)
for label in ("Всего мужчин", "Итого без России", "Всего (без учета Турции)", "Итого за 2022 год", "Всего семей", "Всего, %", "В среднем", "Справочно: граждане РК", "План на 2024 год"):
    reads(f"a last row that is neither part nor total: {label}", f"Внешняя миграция населения, 2023 год, человек\nСтрана;Прибыло;Выбыло\nРоссия;200;20\nТурция;100;10\n{label};77;7\n", 330)
for label in ("Всего по странам", "Итого прибыло", "Всего, человек", "Итого по области", "Total arrivals"):
    reads(f"a last row that is the total: {label}", f"Внешняя миграция населения, 2023 год, человек\nСтрана;Прибыло;Выбыло\nРоссия;200;20\nТурция;100;10\n{label};300;30\n", 330, 2)
reads("people in need beside those displaced are not added", "Date,Province,IDPs,People in need\n#date,#adm1+name,#affected+idps,#inneed\n2024-06-30,North,100,5000\n2024-06-30,South,50,900\n", 150, 2)

reads("the country above parts of which no word is known, near their sum", "Migration 2023\nBundesland;Zuzüge;Fortzüge\nDeutschland;300;30\nBayern;200;20\nHessen;101;9\n", 330, 2)
reads("the same far from their sum", "Migration 2023\n;Zuzüge;Fortzüge\nDeutschland;300;30\nBayern;900;20\nHessen;101;9\n", 1360, 3)
