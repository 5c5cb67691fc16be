"""Tables in the manner of agencies, written by somebody who had not seen the others here, each with what a person reads in it.
Figures are made up. The sum and the rows were written down before the reader was asked."""

from .agency import grid, reads, refuses
from .case import group

group("a stranger's tables")

# Bureau of National Statistics of Kazakhstan
reads("BNS: arrivals, departures and balance of a quarter", "Миграция населения Республики Казахстан за I квартал 2024 года\nчеловек\n;Прибыло;Выбыло;Сальдо миграции\nРеспублика Казахстан;60;40;20\nАбай;10;15;-5\nАкмолинская;20;10;10\nг.Астана;30;15;15\n", 120, 3)
reads("BNS: growing months of a year", "Регион;январь 2024г.;январь-февраль 2024г.;январь-март 2024г.\nАбай;1;3;6\nАктюбинская;2;4;9\n", 25, 2)
reads("BNS: months in Kazakh under a year", "2024 жылғы келгендер саны, адам\nӨңір;қаңтар;ақпан;наурыз\nАбай облысы;5;6;7\nАлматы қаласы;1;2;3\n", 24, 2)
reads("BNS: ages across", "Иммигранты по возрасту, 2023 год, человек\nСтрана выбытия;0-15;16-62;63+\nРоссия;10;50;5\nУзбекистан;20;60;1\n", 146, 2)
reads("BNS: long, with codes beside", "KATO;Регион;Период;Показатель;Значение\n100000000;Абай;2023 год;Прибыло;10\n110000000;Акмолинская;2023 год;Прибыло;20\n100000000;Абай;2023 год;Выбыло;5\n110000000;Акмолинская;2023 год;Выбыло;7\n", 42, 4)
reads("BNS: urban and rural under each region", grid([["Внутренняя миграция, 2023 год"], ["", "Прибыло", "Выбыло"], ["Абай", 30, 20], ["городское население", 18, 12], ["сельское население", 12, 8], ["Актюбинская", 10, 20], ["городское население", 6, 15], ["сельское население", 4, 5]]), 80, None, file="t.xlsx")
reads("BNS: a footnote at a region", "Регион;2022 год;2023 год*\nАбай¹⁾;1;2\nЖетісу¹⁾;3;4\nАкмолинская;5;6\n¹⁾ Области образованы в июне 2022 года.\n* Предварительные данные\n", 21, 3)

# National Statistical Committee of Kyrgyzstan
reads("NSC: years across under a title in two languages", "Миграция населения / Калктын миграциясы (адам)\n\n,2021,2022,2023\nКыргызская Республика,30,33,36\nБаткенская область,10,11,12\nг.Бишкек,20,22,24\n", 99, 2)
reads("NSC: arrivals and departures as blocks of rows", "Наименование;2022;2023\nПрибывшие\nРоссия;10;11\nКазахстан;20;21\nВыбывшие\nРоссия;5;6\nКазахстан;7;8\n", 88, 4)
reads("NSC: three languages in one label", "Өлкөлөр / Страны / Countries,2022,2023\nРоссия / Россия / Russia,1,2\nКазакстан / Казахстан / Kazakhstan,3,4\n", 10, 2)
reads("NSC: quarters in Roman numerals", "Территория;I кв. 2024;II кв. 2024;III кв. 2024\nОшская область;1;2;3\nг. Ош;4;5;6\n", 21, 2)
reads("NSC: thousands with a decimal comma", "Показатели\nтыс. человек\nОбласть;2022;2023\nЧуйская область;1,5;2,5\nНарынская область;0,5;0,7\n", "5.2", 2)

# TajStat
reads("TajStat: men and women who left", "Сведения о трудовых мигрантах за 6 месяцев 2024 года\nРегион,Всего,Мужчины,Женщины\nСогд,30,20,10\nХатлон,50,40,10\nДушанбе,10,6,4\n", None, 3)
reads("TajStat: Tajik headers", "Минтақа;2022;2023\nВилояти Суғд;10;20\nВилояти Хатлон;30;40\nш. Душанбе;5;5\nҲамагӣ;45;65\n", 110, 3)
reads("TajStat: year and month in columns of their own", "Сол,Моҳ,Давлат,Шумора\n2024,январ,Россия,5\n2024,феврал,Россия,6\n2024,январ,Қазоқистон,1\n2024,феврал,Қазоқистон,2\n", 14, 4)

# Uzbekistan
reads("Uzstat: Latin script, apostrophes of every kind", "Hududlar;2022-yil;2023-yil\nQoraqalpog‘iston Respublikasi;1;2\nFarg'ona viloyati;3;4\nToshkent shahri;5;6\n", 21, 3)
reads("Uzstat: Cyrillic quarters", "Ҳудудлар;2024 йил I чорак;2024 йил II чорак\nСамарқанд вилояти;7;8\nХоразм вилояти;9;10\n", 34, 2)
reads("Uzstat: open data with code and two names", "Code,Klassifikator,Klassifikator_ru,2021,2022\n1703,Andijon viloyati,Андижанская область,1,2\n1706,Buxoro viloyati,Бухарская область,3,4\n", 10, 2)
reads("Uzstat: arrived and left by month", "Oylar,Kelganlar,Ketganlar\n2024-yil yanvar,10,5\n2024-yil fevral,12,6\n", 33, 2)

# Rosstat
reads("Rosstat: a book's table with dots", "Общие итоги миграции населения\n(человек)\n;2021;2022;2023\nМиграция - всего: прибывшие;...;20;30\nМиграция - всего: выбывшие;...;10;12\n... данные отсутствуют\n", 72, 2)
reads("Rosstat: countries under a heading", grid([["Международная миграция, человек"], ["", "2022", "2023"], ["Прибыло в Российскую Федерацию – всего", 30, 33], ["в том числе:", None, None], ["из стран СНГ", 20, 22], ["из других стран", 10, 11]]), 63, None, file="t.xlsx")
reads("Rosstat: spaces in thousands", "Субъект;2022 г.;2023 г.\nОмская область;1 234;2 345\nАлтайский край;12 345;23 456\n", 39380, 2)

# Eurostat
reads("Eurostat: TSV with flags", "freq,sex,geo\\TIME_PERIOD\t2021 \t2022 \nA,F,DE\t10 \t12 p\nA,M,DE\t20 \t22 p\nA,F,FR\t: \t8 e\nA,M,FR\t7 \t9 \n", 88, 4, file="t.tsv")
reads("Eurostat: SDMX-CSV", "DATAFLOW,LAST UPDATE,freq,citizen,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:MIGR_IMM1CTZ(1.0),25/03/24,A,TR,F,NR,DE,2022,15,\nESTAT:MIGR_IMM1CTZ(1.0),25/03/24,A,TR,M,NR,DE,2022,25,p\n", 40, 2)
reads("Eurostat: linear export with long names", "Time,Geopolitical entity (reporting),Sex,Value,Flag\n2022,Germany,Females,5,\n2022,Germany,Males,6,b\n2022,Austria,Females,,\n2022,Austria,Males,1,\n", 12, 4)
refuses("Eurostat: a colon is to be declared outside of its own formats", "Time,Geopolitical entity (reporting),Sex,Value,Flag\n2022,Germany,Females,5,\n2022,Austria,Females,:,\n")

# UNHCR
reads("UNHCR: population figures", "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),Refugees under UNHCR's mandate,Asylum-seekers\n2023,Afghanistan,AFG,Tajikistan,TJK,100,20\n2023,Afghanistan,AFG,Kazakhstan,KAZ,5,30\n", 155, 2)
reads("UNHCR: small figures are stars", "Year,Country of asylum,Refugees\n2022,Kazakhstan,340\n2022,Kyrgyzstan,*\n* less than 5\n", 340, None)
reads("UNHCR: monthly arrivals", "Month,Country of Arrival,Nationality,Arrivals\nJan-2024,Tajikistan,Afghanistan,10\nFeb-2024,Tajikistan,Afghanistan,11\n", 21, 2)

# World Bank
reads("World Bank: databank export", "\"Country Name\",\"Country Code\",\"Series Name\",\"Series Code\",\"2021 [YR2021]\",\"2022 [YR2022]\"\n\"Kazakhstan\",\"KAZ\",\"Net migration\",\"SM.POP.NETM\",\"-10\",\"20\"\n\"Uzbekistan\",\"UZB\",\"Net migration\",\"SM.POP.NETM\",\"5\",\"..\"\n\n\"Data from database: World Development Indicators\"\n\"Last Updated: 06/28/2024\"\n", 15, 2)
reads("World Bank: API file with three lines above", "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2021\",\"2022\",\n\"Kazakhstan\",\"KAZ\",\"International migrant stock\",\"SM.POP.TOTL\",\"10\",\"12\",\n\"Tajikistan\",\"TJK\",\"International migrant stock\",\"SM.POP.TOTL\",\"\",\"3\",\n", 25, 2)
reads("World Bank: remittances with a unit column", "Country,ISO3,Year,Unit,Value\nTajikistan,TJK,2022,US$ million,5300\nKyrgyz Republic,KGZ,2022,US$ million,3200\n", 8500, 2)

# IDMC
reads("IDMC: displacement by year", "ISO3,Name,Year,Conflict Stock Displacement,Conflict Internal Displacements,Disaster Internal Displacements\nAFG,Afghanistan,2022,100,10,220\nPAK,Pakistan,2022,20,1,8000\n", None, 2)
reads("IDMC: one cause a row", "iso3,year,cause,new_displacements\nTJK,2022,Disaster,10\nTJK,2022,Conflict,20\nKGZ,2022,Conflict,30\n", 60, 3)

# DTM
reads("DTM: baseline by district", "Round,Admin1 name,Admin1 pcode,Admin2 name,Admin2 pcode,IDP individuals,Returnee individuals,Survey date\n5,Batken,KG02,Leylek,KG0201,10,5,2024-05-01\n5,Batken,KG02,Kadamjay,KG0202,20,6,2024-05-02\n", 41, 2)
reads("DTM: HXL under the names", "Country,Province,Date of report,Number of IDPs,Households\n#country+name,#adm1+name,#date,#affected+idps+ind,#affected+idps+hh\nAfghanistan,Kunduz,2024-03-31,600,100\nAfghanistan,Balkh,2024-03-31,300,50\n", None, 2)
reads("DTM: flow monitoring by day", "date,fmp,flow_direction,total_individuals\n2024-05-01,Dostuk,Incoming,50\n2024-05-01,Dostuk,Outgoing,40\n2024-05-02,Dostuk,Incoming,55\n", 145, 3)

# HDX
reads("HDX: tags with languages", "Pays,Année,Réfugiés\n#country+name+fr,#date+year,#affected+refugees\nTadjikistan,2023,5\nKirghizistan,2023,6\n", 11, 2)
reads("HDX: ages and sexes by attributes", "adm1,date,girls,boys,women,men\n#adm1+name,#date,#affected+f+children,#affected+m+children,#affected+f+adults,#affected+m+adults\nOsh,2024-01-01,1,2,3,4\n", 10, 1)

# Others of the neighbourhood, and the ways of offices
reads("Turkmenistan: years", "Welaýatlar;2022 ýyl;2023 ýyl\nAhal welaýaty;1;2\nMary welaýaty;3;4\n", 10, 2)
reads("Turkey: arrivals by month", "Ülke;Ocak 2024;Şubat 2024;Mart 2024\nKazakistan;10;20;30\nÖzbekistan;1;2;3\n", 66, 2)
reads("Iran: Persian digits", "استان,۲۰۲۲,۲۰۲۳\nتهران,۱۰,۲۰\nفارس,۳۰,۴۰\n", 100, 2)
refuses("Iran: years of the solar Hijri calendar", "استان,۱۴۰۱,۱۴۰۲\nتهران,۱۰,۲۰\nفارس,۳۰,۴۰\n")
reads("Azerbaijan: sexes across", "İllər;Kişilər;Qadınlar\n2022;10;11\n2023;12;13\n", 46, 2)
reads("Mongolia: years", "Улс;2022;2023\nХятад;5;6\nОрос;7;8\n", 26, 2)
reads("China: provinces", "国家,2022年,2023年\n哈萨克斯坦,100,200\n吉尔吉斯斯坦,30,40\n合计,130,240\n", 370, 2)
reads("border service: a day a row", "Дата;Пункт пропуска;Въезд;Выезд\n01.03.2024;Хоргос;100;90\n02.03.2024;Хоргос;110;95\n31.03.2024;Хоргос;1;2\n", 398, 3)
reads("border service: the day once for several rows", "Дата;Гражданство;Въезд;Выезд\n15.03.2024;Казахстан;10;11\n;Россия;5;6\n16.03.2024;Казахстан;12;13\n;Россия;7;8\n", 72, 4)
reads("interior ministry: permits in force on a date", "Иностранцы, имеющие вид на жительство, на 1 июля 2024 года\nГражданство,Количество\nРоссия,10\nУзбекистан,20\n", 30, 2)
reads("interior ministry: numbered rows and columns", "№ п/п;Гражданство;Выдано в 2023 году;Выдано в 2024 году\n1;2;3;4\n1;Россия;10;11\n2;Китай;5;6\n;Итого;15;17\n", 32, 2)
reads("labour ministry: sectors and quarters", "Отрасль;2024 Q1;2024 Q2\nСтроительство;10;11\nСельское хозяйство;5;6\n", 32, 2)
reads("central bank: remittances in thousands of dollars", "Денежные переводы, тыс. долларов США\nСтрана;2023 I кв;2023 II кв\nРоссия;1 000,5;2 000,25\nТурция;10,5;20\n", "3031.25", 2)
reads("central bank: sent and received by month", "Период;Отправлено, млн. тенге;Получено, млн. тенге\n2024.01;10,1;20,2\n2024.02;11,1;21,2\n", "62.6", 2)
reads("consulates: citizens abroad on the first of January", "Country of residence;1 January 2023;1 January 2024\nRussian Federation;100;110\nGermany;50;55\n", 315, 2)
reads("tourism: arrivals by purpose", "Purpose of visit,2022,2023\nBusiness,1,2\nPrivate,3,4\nTourism,5,6\n", 21, 3)
reads("a pivot with totals both ways", grid([["Count of visits", "Column Labels"], ["Row Labels", "IN", "OUT", "Grand Total"], ["2024-01", 5, 6, 11], ["2024-02", 7, 8, 15], ["Grand Total", 12, 14, 26]]), None, None, file="t.xlsx")
refuses("groups that another column alone proves", "Country \t 2022 \t 2023 \nUzbekistan\t1,234\t2,345,678\nChina\t12,345\t23,456\n", file="t.txt")
refuses("groups of three after a comma alone", "Country\t2022\t2023\nUzbekistan\t1,234\t2,345\nChina\t12,345\t23,456\n", file="t.txt")
reads("halves of years", "Страна;I полугодие 2023;II полугодие 2023\nРоссия;10;11\nКитай;1;2\n", 24, 2)
reads("school years are no calendar: the first and last month are said", "Студенты из-за рубежа\nСтрана;2022;2023\nИндия;100;120\nУзбекистан;50;40\n", 310, 2)

# What nobody should read
refuses("two years of which one is missing its header", "Region,2023,\nAbai,1,2\nAlmaty city,3,4\n")
refuses("a percentage beside persons without a word", "Country,Value\n2023,5\n2024,6\n2023,7\n")
refuses("two tables side by side", "Region,2023,,Country,2023\nAbai,1,,Russia,5\nAlmaty city,2,,China,6\n")
refuses("the same region twice with two figures", "Region,2023\nAbai,1\nAbai,2\nAlmaty city,3\n")
refuses("shares and persons in one column", "Region,Unit,2023\nAbai,persons,100\nAbai,%,5\n")
