"""A page of HTML as a tree of elements, with nothing repaired: an element that is not closed is an error."""
import html.parser
import re

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(c if isinstance(c, str) else c.text for c in self.children)).strip()

    def all(self, *tags):
        for child in self.children:
            if not isinstance(child, str):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def classed(self, name):
        return [e for e in self.all() if name in e.attributes.get("class", "").split()]


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.root = self.at = Element("root", [], None)
        self.feed(text)
        self.ids = {e.attributes["id"]: e for e in self.root.all() if "id" in e.attributes}

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attributes):
        self.at.children.append(Element(tag, attributes, self.at))

    def handle_endtag(self, tag):
        while self.at.tag != tag:
            self.at = self.at.parent
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)
