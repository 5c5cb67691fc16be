/* Finds on which page of a PDF the links of its contents lead. CSS has target-counter() for it, which Chromium does not know,
 * so the page is printed twice: the first PDF says where each heading fell, the second has the numbers. Chromium writes a
 * catalogue with /Pages and /Dests as plain objects (ISO 32000-1, 7.7.2, 12.3.2.3); of anything else nothing is known, and
 * the contents stay without numbers. */
#include "pdf_contents.h"

#include <stdlib.h>
#include <string.h>

#define CONTENTS_BEGIN "<ul class=\"contents\">"
#define CONTENTS_END "</ul>"
#define LINK_BEGIN "<a href=\"#"
#define LINK_END "</a>"
#define PAGES_MOST 4096
#define DEPTH_MOST 16

/* A part of a text; at is NULL where it was not found. */
struct part {
    const char *at;
    size_t size;
};

static struct part find(struct part in, const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0; in.at != NULL && i + n <= in.size; i++) {
        if (in.at[i] == text[0] && memcmp(in.at + i, text, n) == 0) {
            return (struct part){in.at + i, in.size - i};
        }
    }
    return (struct part){NULL, 0};
}

static struct part behind(struct part in, const char *text) {
    struct part found = find(in, text);
    size_t n = strlen(text);
    return found.at != NULL ? (struct part){found.at + n, found.size - n} : found;
}

static struct part until(struct part in, const char *text) {
    struct part end = find(in, text);
    return end.at != NULL ? (struct part){in.at, (size_t)(end.at - in.at)} : (struct part){NULL, 0};
}

/* ---- the PDF ---- */

/* The number that the part begins with, behind blanks; moves behind it. 0 for none: no object has that number. */
static long take_number(struct part *in) {
    long number = 0;
    while (in->size > 0 && (*in->at == ' ' || *in->at == '\n' || *in->at == '\r')) {
        in->at++;
        in->size--;
    }
    while (in->size > 0 && *in->at >= '0' && *in->at <= '9' && number < 100000000) {
        number = number * 10 + (*in->at - '0');
        in->at++;
        in->size--;
    }
    return number;
}

static struct part object(struct part pdf, long number) {
    char head[40];
    (void)snprintf(head, sizeof head, "\n%ld 0 obj", number);
    return until(behind(pdf, head), "endobj");
}

/* The objects of the pages, in their order. */
static size_t list_pages(struct part pdf, long number, int depth, long *pages, size_t n) {
    struct part node = object(pdf, number), kids = until(behind(node, "/Kids ["), "]");
    if (node.at != NULL && kids.at == NULL && n < PAGES_MOST) {
        pages[n++] = number;
    }
    while (kids.at != NULL && depth < DEPTH_MOST && n < PAGES_MOST) {
        long kid = take_number(&kids);
        if (kid == 0) {
            break;
        }
        n = list_pages(pdf, kid, depth + 1, pages, n);
        kids = behind(kids, "R");
    }
    return n;
}

/* "/section-arrivals [24 0 R /XYZ 0 617 0]" */
static long destination(struct part names, struct part id) {
    char name[128];
    int n = snprintf(name, sizeof name, "/%.*s [", (int)id.size, id.at);
    struct part found = n > 0 && (size_t)n < sizeof name ? behind(names, name) : (struct part){NULL, 0};
    return found.at != NULL ? take_number(&found) : 0;
}

static long entry(struct part dictionary, const char *key) {
    struct part value = behind(dictionary, key);
    return value.at != NULL ? take_number(&value) : 0;
}

/* ---- the page ---- */

static struct part contents_of(const char *page, size_t size) {
    return until(behind((struct part){page, size}, CONTENTS_BEGIN), CONTENTS_END);
}

int contents_read(const char *pdf_bytes, size_t pdf_size, const char *page, size_t page_size, struct contents *out) {
    struct part pdf = {pdf_bytes, pdf_size}, links = contents_of(page, page_size);
    struct part catalogue = until(behind(pdf, "/Type /Catalog"), "endobj");
    struct part names = object(pdf, entry(catalogue, "/Dests "));
    long *pages = malloc(PAGES_MOST * sizeof *pages);
    size_t n_pages = pages != NULL ? list_pages(pdf, entry(catalogue, "/Pages "), 0, pages, 0) : 0;
    int all = 1;
    out->n = 0;
    for (links = behind(links, LINK_BEGIN); links.at != NULL && out->n < CONTENTS_MOST;
         links = behind(links, LINK_BEGIN)) {
        long target = destination(names, until(links, "\""));
        size_t i = 0;
        while (i < n_pages && pages[i] != target) {
            i++;
        }
        out->pages[out->n++] = target != 0 && i < n_pages ? (int)i + 1 : 0;
        all &= out->pages[out->n - 1] != 0;
    }
    free(pages);
    return all && out->n > 0;
}

void contents_write(const char *page, size_t size, const struct contents *numbers, FILE *stream) {
    struct part links = contents_of(page, size);
    const char *written = page;
    for (size_t i = 0; i < numbers->n && links.at != NULL; i++) {
        links = behind(behind(links, LINK_BEGIN), LINK_END);
        if (links.at != NULL) {
            (void)fwrite(written, 1, (size_t)(links.at - written), stream);
            (void)fprintf(stream, "<span class=\"at\">%d</span>", numbers->pages[i]);
            written = links.at;
        }
    }
    (void)fwrite(written, 1, size - (size_t)(written - page), stream);
}
