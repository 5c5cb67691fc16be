"""Boundaries made of squares, as GeoJSON and as TopoJSON, for tests of maps."""

COUNTRIES = ("KAZ", "UZB", "RUS", "KGZ", "TJK", "CHN", "TUR", "IND", "DEU", "KOR", "USA", "FRA")
NUMBERS = {"KAZ": "398", "UZB": "860", "RUS": "643", "KGZ": "417", "TJK": "762", "CHN": "156", "TUR": "792", "IND": "356",
           "DEU": "276", "KOR": "410", "USA": "840", "FRA": "250"}


def corner(number):
    return number % 4 * 20 - 40, number // 4 * 20 - 30


def geojson(codes, key="code"):
    features = []
    for number, code in enumerate(codes):
        x, y = corner(number)
        ring = [[x, y], [x + 20, y], [x + 20, y + 20], [x, y + 20], [x, y]]
        features.append({"type": "Feature", "properties": {key: code}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return {"type": "FeatureCollection", "features": features}


def topojson(codes):
    """The same squares: an arc each, in steps of a grid of 20 degrees; every second one is used backwards."""
    arcs, geometries = [], []
    for number, code in enumerate(codes):
        x, y = (n // 20 for n in (corner(number)[0] + 40, corner(number)[1] + 30))
        backwards = number % 2
        arcs.append([[x, y], [0, 1], [1, 0], [0, -1], [-1, 0]] if backwards else [[x, y], [1, 0], [0, 1], [-1, 0], [0, -1]])
        geometries.append({"type": "Polygon", "id": NUMBERS[code], "arcs": [[~number if backwards else number]]})
    return {"type": "Topology", "arcs": arcs, "transform": {"scale": [20, 20], "translate": [-40, -30]},
            "objects": {"land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]},
                        "countries": {"type": "GeometryCollection", "geometries": geometries}}}
