/* Owns definitions of highlights: copies and frees them. A list of texts is ended by NULL, and NULL where it is empty. */
#include "highlight/highlight.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static void free_texts(char **texts) {
    for (size_t i = 0; texts != NULL && texts[i] != NULL; i++) {
        mtmi_memory_free(texts[i]);
    }
    mtmi_memory_free(texts);
}

void mtmi_highlight_clear(mtmi_highlight *highlight) {
    for (size_t i = 0; i < highlight->n_rows; i++) {
        mtmi_memory_free(highlight->rows[i].name);
        mtmi_memory_free(highlight->rows[i].of);
        free_texts(highlight->rows[i].groups);
        free_texts(highlight->rows[i].codes);
    }
    for (size_t c = 0; c < highlight->n_clauses; c++) {
        for (size_t i = 0; i < highlight->clauses[c].n; i++) {
            free_texts(highlight->clauses[c].cases[i].when);
            mtmi_titles_free(&highlight->clauses[c].cases[i].text);
        }
        mtmi_memory_free(highlight->clauses[c].cases);
    }
    mtmi_memory_free(highlight->rows);
    mtmi_memory_free(highlight->clauses);
    mtmi_memory_free(highlight->id);
    mtmi_memory_free(highlight->about);
    memset(highlight, 0, sizeof *highlight);
}

void mtmi_highlights_clear(mtmi_highlights *highlights) {
    for (size_t i = 0; i < highlights->n; i++) {
        mtmi_highlight_clear(&highlights->items[i]);
    }
    mtmi_memory_free(highlights->items);
    memset(highlights, 0, sizeof *highlights);
}

/* ---- copies: 0 when memory ran out; what was copied so far hangs in the copy and is freed with it ---- */

static int copy_text(const char *from, char **to) {
    *to = mtmi_memory_copy_text(from);
    return from == NULL || *to != NULL;
}

static int copy_texts(char *const *from, char ***to) {
    size_t n = 0;
    while (from != NULL && from[n] != NULL) {
        n++;
    }
    *to = n > 0 ? mtmi_memory_new(n + 1, sizeof **to) : NULL;
    int fine = n == 0 || *to != NULL;
    for (size_t i = 0; fine && i < n; i++) {
        fine = copy_text(from[i], &(*to)[i]);
    }
    return fine;
}

static int copy_rows(const mtmi_highlight_rows *from, mtmi_highlight_rows *to) {
    to->choice = from->choice;
    to->most = from->most;
    to->share = from->share;
    return copy_text(from->name, &to->name) && copy_text(from->of, &to->of) && copy_texts(from->groups, &to->groups) &&
           copy_texts(from->codes, &to->codes);
}

static int copy_case(const mtmi_highlight_case *from, mtmi_highlight_case *to) {
    int fine = copy_texts(from->when, &to->when);
    for (int i = 0; i < 3; i++) {
        fine = fine && copy_text(from->text.text[i], &to->text.text[i]);
    }
    return fine;
}

static int copy_clause(const mtmi_highlight_clause *from, mtmi_highlight_clause *to) {
    to->cases = from->n > 0 ? mtmi_memory_new(from->n, sizeof *to->cases) : NULL;
    int fine = from->n == 0 || to->cases != NULL;
    for (to->n = 0; fine && to->n < from->n; to->n++) {
        fine = copy_case(&from->cases[to->n], &to->cases[to->n]);
    }
    return fine;
}

static int copy_highlight(const mtmi_highlight *from, mtmi_highlight *to) {
    int fine = copy_text(from->id, &to->id) && copy_text(from->about, &to->about);
    to->rows = from->n_rows > 0 ? mtmi_memory_new(from->n_rows, sizeof *to->rows) : NULL;
    to->clauses = from->n_clauses > 0 ? mtmi_memory_new(from->n_clauses, sizeof *to->clauses) : NULL;
    fine = fine && (from->n_rows == 0 || to->rows != NULL) && (from->n_clauses == 0 || to->clauses != NULL);
    for (; fine && to->n_rows < from->n_rows; to->n_rows++) {
        fine = copy_rows(&from->rows[to->n_rows], &to->rows[to->n_rows]);
    }
    for (; fine && to->n_clauses < from->n_clauses; to->n_clauses++) {
        fine = copy_clause(&from->clauses[to->n_clauses], &to->clauses[to->n_clauses]);
    }
    return fine;
}

mtm_status mtmi_highlights_copy(const mtmi_highlights *from, mtmi_highlights *to, mtm_error *err) {
    memset(to, 0, sizeof *to);
    to->items = from->n > 0 ? mtmi_memory_new(from->n, sizeof *to->items) : NULL;
    int fine = from->n == 0 || to->items != NULL;
    to->capacity = fine ? from->n : 0;
    for (; fine && to->n < from->n; to->n++) {
        fine = copy_highlight(&from->items[to->n], &to->items[to->n]);
    }
    return fine ? MTM_OK : mtmi_error_memory(err);
}
