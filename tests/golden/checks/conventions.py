"""Files that say themselves what their columns are: HXL, SDMX-CSV, and the shapes in which agencies export."""

from .case import MARK, check, group

HXL = "Period,Country of origin,Persons\n#date,#country+origin,#affected\n2024-Q1,UZB,5\n2024-Q2,KGZ,6\n"

group("HXL")

check("tags under the header", HXL, "ok|ok-with-notes", (4, 2, 0, 2), "11")
check("tags without a header", "#date,#country+code,#value\n2024-Q1,UZB,5\n", "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("tags below a preamble", "Some title,,\n,,\nPeriod,Country,Persons\n#date,#country,#affected\n2024-Q1,UZB,5\n", "ok|ok-with-notes",
      (5, 1, 0, 4), "5")
check("tags where the header says nothing", "a,b,c\n#date,#country+name,#affected+idps\n2024-Q1,Uzbekistan,5\n", "ok|ok-with-notes", (3, 1, 0, 2), "5")
check("a tag with a wrong attribute", f"Period,Country,Persons\n#date,#country,{MARK}#affected+2013\n2024-Q1,UZB,5\n", "ok-with-notes", (3, 1, 0, 2),
      "5", "note TAG")
check("spaces in tags", "Period,Country,Persons\n #date , #country + name ,#affected + idps\n2024-Q1,UZB,5\n", "ok|ok-with-notes", (3, 1, 0, 2), "5")
check("capital tags", "Period,Country,Persons\n#DATE,#COUNTRY,#AFFECTED\n2024-Q1,UZB,5\n", "ok|ok-with-notes", (3, 1, 0, 2), "5")
check("columns without a tag", "Period,Note,Country,Persons\n#date,,#country,#affected\n2024-Q1,x,UZB,5\n", "ok|ok-with-notes", (3, 1, 0, 2), "5")
check("HXL writes quarters so", "Period,Country,Persons\n#date,#country,#affected\n2024Q2,UZB,5\n", "ok|ok-with-notes", (3, 1, 0, 2), "5",
      observations=[("2024-Q2", "5", 3, "UZB")])
check("hashes that are no tags", "period,country,persons\n2024-Q1,UZB,5\n# a remark,,\n", "ok|ok-with-notes|rejected-rows", None, "5")
check("women and men by attributes", "Period,Women,Men\n#date,#affected+f,#affected+m\n2024-Q1,5,6\n", "ok|ok-with-notes", (3, 1, 0, 2),
      {"Women": "5", "Men": "6"})

group("SDMX-CSV")

V1 = "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
V2 = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"

check("1.0", V1 + "IOM:MTM(1.0),Q,KAZ,2024-Q1,5,A\nIOM:MTM(1.0),Q,KAZ,2024-Q2,6,P\n", "ok|ok-with-notes", (3, 2, 0, 1), "11")
check("2.0", V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,5,A\ndataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q2,6,A\n", "ok|ok-with-notes", (3, 2, 0, 1), "11")
check("2.0 without an action", V2.replace("ACTION,", "") + "dataflow,IOM:MTM(1.0),Q,KAZ,2024-Q1,5,A\n", "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("2.0 replaced", V2 + "dataflow,IOM:MTM(1.0),R,Q,KAZ,2024-Q1,5,A\n", "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("2.1 merged", V2 + "dataflow,IOM:MTM(1.0),M,Q,KAZ,2024-Q1,5,A\n", "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("a deletion is no figure", V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,5,A\ndataflow,IOM:MTM(1.0),D,Q,KAZ,2024-Q2,6,A\n",
      "ok-with-notes|rejected-rows|error", None, None, None, line=3)
check("the separator is what follows STRUCTURE", (V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,5,A\n").replace(",", ";"), "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("columns in another order", "STRUCTURE,STRUCTURE_ID,OBS_VALUE,TIME_PERIOD,REF_AREA\ndataflow,IOM:MTM(1.0),5,2024-Q1,KAZ\n", "ok|ok-with-notes",
      (2, 1, 0, 1), "5")
check("an intentionally missing value", V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,NaN,M\n", "ok|ok-with-notes", (2, 1, 0, 1), "0", missing=1)
check("a missing value by its mark", V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,#N/A,M\n", "ok|ok-with-notes", (2, 1, 0, 1), "0", missing=1)
check("an empty value with its status", V2 + "dataflow,IOM:MTM(1.0),I,Q,KAZ,2024-Q1,,Q\n", "ok|ok-with-notes", (2, 1, 0, 1), "0", missing=1)
check("codes with their labels", "STRUCTURE,STRUCTURE_ID,REF_AREA: Reference area,TIME_PERIOD: Time,OBS_VALUE: Value\n"
      "dataflow,IOM:MTM(1.0): Migration,KAZ: Kazakhstan,2024-Q1: first quarter,5\n", "ok|ok-with-notes|rejected-rows|error", None, None)
check("a unit multiplier is kept", "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nIOM:MTM(1.0),KAZ,2024-Q1,5,3\n", "ok|ok-with-notes", (2, 1, 0, 1), "5")
check("decimals are points", V1 + "IOM:MTM(1.0),Q,KAZ,2024-Q1,6.640,A\n", "ok|ok-with-notes", (2, 1, 0, 1), "6.640")
check("sex and age", "DATAFLOW,REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE\nIOM:MTM(1.0),KAZ,M,Y0T14,2024-Q1,5\nIOM:MTM(1.0),KAZ,F,Y0T14,2024-Q1,6\n",
      "ok|ok-with-notes", (3, 2, 0, 1), "11")
check("an exponent in SDMX is refused", V1 + f"IOM:MTM(1.0),Q,KAZ,2024-Q1,{MARK}1E3,A\nIOM:MTM(1.0),Q,KAZ,2024-Q2,6,A\n", "rejected-rows|ok-with-notes",
      None, None, None)

group("agencies")

BNS = ('"NAM"\t"DAT"\t"PERIOD"\t"КАТО(по каталогу)"\t"LКАТО(по каталогу)"\t"СПТМ (по каталогу)"\t"LСПТМ (по каталогу)"\t"КН"\t"LКН"\t"СП"\t"LСП"\t"VAL"\n')
ROW = '"Сальдо миграции по всем потокам(Человек)"\t"{0} год"\t"{0}12"\t"РЕСПУБЛИКА КАЗАХСТАН"\t"0"\t"{1}"\t"0"\t"Всего"\t"0"\t"Всего"\t"0"\t"{2}"\n'
DECLARED = {"name": "bns", "path": "t.csv", "encoding": "utf-8", "dialect": {"delimiter": "\t"}, "schema": {"fieldsMatch": ["subset"], "fields": [
    {"name": "NAM", "mtm": {"role": "ignore"}}, {"name": "DAT", "mtm": {"role": "period"}}, {"name": "PERIOD", "mtm": {"role": "ignore"}},
    {"name": "КАТО(по каталогу)", "mtm": {"role": "dimension", "dimension": "region"}},
    {"name": "СПТМ (по каталогу)", "mtm": {"role": "dimension", "dimension": "residence"}},
    {"name": "VAL", "mtm": {"role": "value"}}]}, "mtm": {"concept": "migration"}}
check("the bureau's export, declared", BNS + ROW.format(2017, "городская местность", "24 876") + ROW.format(2017, "сельская местность", "-47 006")
      + ROW.format(2017, "Всего", "-22 130"), "ok|ok-with-notes", (4, 2, 0, 2), "-22130", resource=DECLARED)
check("the bureau's export, bare: never a wrong sum", BNS + ROW.format(2017, "городская местность", "24 876")
      + ROW.format(2017, "сельская местность", "-47 006"), "ok|ok-with-notes|error", None, None)
check("the portal's packed columns, declared", "\ufeff\"men_0-15\",\"women_0-15\",\"region\"\n\"348170\",\"329639\",\"Алматинская\"\n\"95645\",\"90687\",\"Костанайская\"\n",
      "ok|ok-with-notes", (3, 2, 0, 1), {"men_0-15": "443815", "women_0-15": "420326"},
      resource={"name": "p", "path": "t.csv", "mtm": {"concept": "population"}, "schema": {"fields": [
          {"name": "men_0-15", "mtm": {"role": "value", "period": "2024-01-01", "members": {"sex": "M", "age-group": "Y0T15"}}},
          {"name": "women_0-15", "mtm": {"role": "value", "period": "2024-01-01", "members": {"sex": "F", "age-group": "Y0T15"}}},
          {"name": "region", "mtm": {"role": "dimension"}}]}})
check("year to date with releases", "period,published,vintage,arrivals,departures\n2022-01/2022-03,2022-05-17,first,4108,5281\n2022-01/2022-06,2022-08-10,first,7287,12344\n",
      "ok|ok-with-notes", (3, 2, 0, 1), {"arrivals": "11395", "departures": "17625"})
check("countries as columns", "period,UZB,KGZ,RUS\n2024-Q1,1,2,3\n2024-Q2,4,5,6\n", "ok|ok-with-notes", (3, 2, 0, 1), {"UZB": "5", "KGZ": "7", "RUS": "9"})
check("countries as columns with a total", "period,total,UZB,KGZ\n2024-Q1,3,1,2\n2024-Q2,9,4,5\n", "ok|ok-with-notes", (3, 2, 0, 1),
      {"total": "12", "UZB": "5", "KGZ": "7"})
