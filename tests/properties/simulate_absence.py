"""How often the rules of absent cells refuse what is right, and let pass what is wrong: simulated tables by citizenship in
which every absence is a true zero, whole and with one true row removed.

Counts are Poisson around a Zipf law with a seasonal wave per country. Run with a number of tables; prints what it found."""
import argparse
import math
import random
import sys
import tempfile

from packages import compute, long_fields, package

COUNTRIES = ("AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM "
             "CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN "
             "FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KEN KIR PRK KOR "
             "KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM "
             "NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU "
             "SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA "
             "UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE PSE HKG MAC TWN").split()
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022, 2023, 2024) for month in range(1, 13)]


def poisson(rate, draw):
    if rate > 50:
        return max(0, round(draw.gauss(rate, math.sqrt(rate))))
    limit, n, product = math.exp(-rate), 0, draw.random()
    while product > limit:
        n, product = n + 1, product * draw.random()
    return n


def table(draw, smallest=8000, largest=4_000_000):
    """Monthly counts of one table: {(month, country): count}, zeros left out. Sizes are of a month."""
    size = smallest * (largest / smallest) ** draw.random()
    countries = draw.sample(COUNTRIES, len(COUNTRIES))
    power = draw.uniform(1.0, 1.8)
    weights = [1 / (rank + 1) ** power for rank in range(len(countries))]
    scale = size / sum(weights)
    figures = {}
    for country, weight in zip(countries, weights):
        wave, phase = draw.uniform(0, 0.8), draw.uniform(0, 2 * math.pi)
        for at, month in enumerate(MONTHS):
            rate = weight * scale * (1 + wave * math.sin(2 * math.pi * at / 12 + phase))
            count = poisson(rate, draw)
            if count:
                figures[month, country] = count
    return figures


def write(folder, figures):
    lines = ["period,citizenship,value"] + [f"{month},{country},{value}" for (month, country), value in figures.items()]
    package(folder, {"arrivals": (lines, {}, long_fields())})


def outcome(figures, period):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, figures)
        return compute(folder, period)


def simulate(tables, seed, *sizes):
    draw = random.Random(seed)
    refused = passed = 0
    worst, unflagged = 0, 0
    refusals = []
    for _ in range(tables):
        figures = table(draw, *sizes)
        period = draw.choice(MONTHS[30:])
        whole = outcome(figures, period)
        if whole["value"] is None:
            refused += 1
            refusals.append((period, whole["extent"]["absent_names"]))
        victim = draw.choice([key for key in figures if key[0] == period])
        lost = figures.pop(victim)
        less = outcome(figures, period)
        seen_before = any(key[1] == victim[1] and key[0] < period for key in figures)
        if less["value"] is not None and seen_before:
            passed += 1
            worst = max(worst, lost)
            unflagged += "coverage-assumed-zero" not in less["flags"]
        elif less["value"] is not None:
            passed += 1  # it was never there before: nobody can know
            worst = max(worst, lost)
    return {"tables": tables, "refused though whole": refused, "passed with a row removed": passed, "largest that passed": worst,
            "passed without a flag": unflagged, "refusals": refusals[:5]}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("tables", type=int, nargs="?", default=300)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--sizes", type=int, nargs=2, default=(8000, 4_000_000), metavar=("SMALLEST", "LARGEST"),
                           help="of a month; 400 200000 is a region of such a country")
    given = arguments.parse_args()
    print(simulate(given.tables, given.seed, *given.sizes))
    sys.exit(0)
