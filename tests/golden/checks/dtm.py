"""Files of the shape that the Displacement Tracking Matrix exports: all admin levels in one file, rounds, assessment types.

Everything here is made up; only the shape is taken from life.
"""

from .case import check, group

HEADER = ("id,campaignName,operation,admin0Name,admin0Pcode,admin1Name,admin1Pcode,numPresentIdpInd,reportingDate,yearReportingDate,"
          "monthReportingDate,roundNumber,displacementReason,numberMales,numberFemales,idpOriginAdmin1Name,assessmentType\n")


def row(number, admin1, persons, date="2024-04-30", level_round=3, operation="Country response", assessment="BA", reason="Conflict"):
    code = f"XX{number:02d}" if admin1 else ""
    return (f"{number},Round {level_round},{operation},Kazakhstan,KAZ,{admin1},{code},{persons},{date},{date[:4]},{int(date[5:7])},{level_round},"
            f"{reason},Not available,Not available,Not available,{assessment}\n")


def described(**fields):
    """A description of the columns that matter; rounds, operations and assessment types are dimensions."""
    roles = {"operation": "operation", "admin1Name": "admin1", "roundNumber": "round", "displacementReason": "reason",
             "assessmentType": "assessment-type"}
    return {"name": "dtm", "path": "t.csv", "schema": {"fieldsMatch": ["subset"], "fields": [
        {"name": "reportingDate", "mtm": {"role": "period"}},
        {"name": "numPresentIdpInd", "mtm": {"role": "value"}}] + [
            {"name": name, "mtm": {"role": "dimension", "dimension": dimension, "codelist": "none"}} for name, dimension in roles.items()] + [
            {"name": name, "mtm": {"role": "ignore"}} for name in
            ("id", "campaignName", "admin0Name", "admin0Pcode", "admin1Pcode", "yearReportingDate", "monthReportingDate", "numberMales",
             "numberFemales", "idpOriginAdmin1Name")]},
        "mtm": {"concept": "displacement", "kind": "stock", "unit": "persons", **fields}}


group("DTM")

check("one level, one round", HEADER + row(1, "North", 100) + row(2, "South", 200), "ok|ok-with-notes", (3, 2, 0, 1), "300", resource=described())
check("two rounds are two observations", HEADER + row(1, "North", 100) + row(1, "North", 110, "2024-07-31", 4), "ok|ok-with-notes", (3, 2, 0, 1), "210",
      resource=described(), observations=[("2024-04-30", "100", 2), ("2024-07-31", "110", 3)])
check("two assessment types are not one cell", HEADER + row(1, "North", 100) + row(1, "North", 60, assessment="SA"), "ok|ok-with-notes",
      (3, 2, 0, 1), "160", resource=described())
check("two operations are not one cell", HEADER + row(1, "North", 100) + row(1, "North", 60, operation="Flood response"), "ok|ok-with-notes",
      (3, 2, 0, 1), "160", resource=described())
check("no round given twice", HEADER + row(1, "North", 100) + row(1, "North", 101), "error|rejected-rows", None, None, "error CONTRADICTION", line=3,
      resource=described())
check("not available as text", HEADER + row(1, "North", "Not available") + row(2, "South", 200), "ok|ok-with-notes", (3, 2, 0, 1), "200", missing=1,
      resource=described())
check("nan as text", HEADER + row(1, "North", "nan") + row(2, "South", 200), "ok-with-notes", (3, 2, 0, 1), "200", "note NUMBER_ASSUMED", missing=1,
      line=2, resource=described())
check("a date of another order", HEADER + row(1, "North", 100).replace("2024-04-30", "4/30/2024") + row(2, "South", 200), "rejected-rows",
      (3, 1, 1, 1), "200", "error PERIOD_AMBIGUOUS", line=2, resource=described())
check("bare, it is never summed over levels in silence", HEADER + row(1, "", 300) + row(2, "North", 100) + row(3, "South", 200),
      "ok|ok-with-notes", (4, 2, 0, 2), {"numPresentIdpInd": "300"})

HXL = ("Operation,Admin 0,Admin 1,Individuals,Date,Round,Type\n"
       "#operation,#country+name,#adm1+name,#affected+idps+ind,#date+reported,#meta+round,#meta+assessment\n")
check("HDX style with tags", HXL + "Response,Kazakhstan,North,100,2024-04-30,3,BA\nResponse,Kazakhstan,South,200,2024-04-30,3,BA\n", "ok|ok-with-notes",
      (4, 2, 0, 2), "300")
check("HDX style, two rounds", HXL + "Response,Kazakhstan,North,100,2024-04-30,3,BA\nResponse,Kazakhstan,North,110,2024-07-31,4,BA\n", "ok|ok-with-notes",
      (4, 2, 0, 2), "210")
check("HDX style, two types of one round", HXL + "Response,Kazakhstan,North,100,2024-04-30,3,BA\nResponse,Kazakhstan,North,60,2024-04-30,3,SA\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "160")
check("HDX style, all levels in one file",
      "Admin 0,Admin 1,Admin 2,Individuals,Date\n#country+name,#adm1+name,#adm2+name,#affected+idps,#date\n"
      "Kazakhstan,,,300,2024-04-30\nKazakhstan,North,,100,2024-04-30\nKazakhstan,South,,200,2024-04-30\nKazakhstan,North,Nn,100,2024-04-30\n"
      "Kazakhstan,South,Ss,200,2024-04-30\n", "ok|ok-with-notes", (7, 2, 0, 5), "300")
