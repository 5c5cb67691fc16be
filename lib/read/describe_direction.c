/* Finds the direction of all figures of a file in its name and the titles above its table: "Въезд иностранцев", "Immigration by
 * citizenship". Both directions in them, or in the table, say none. */
#include "read/describe.h"

#include <string.h>

/* Beginnings of words, in any order: one is enough. Source: the names that the
 * statistical offices and border services of the region and Eurostat give to such tables; direction.tsv has them for cells. */
/* clang-format off */
static const char *const in_words[] = {
    "въезд", "въехал", "прибыл", "прибыв", "прибыти", "иммигра", "полученн", "поступивш", "immigra", "arrival", "inflow", "remittances received", "transfers received", "received remittances",
    "келген", "келуі", "кіру", "кірген", "омадагон", "kelganlar", "ko'chib kelgan", "koʻchib kelgan", "келганлар", "кирган", "прибул", "gelen", "gələn",
    "迁入", "入境"};
static const char *const out_words[] = {
    "выезд", "выехал", "выбыл", "выбыв", "выбыти", "убыти", "эмигра", "отправл", "выплачен", "emigra", "departure", "outflow", "remittances sent", "transfers sent", "sent remittances",
    "кеткен", "кетуі", "шығу", "шыққан", "рафтагон", "ketganlar", "ko'chib ketgan", "koʻchib ketgan", "кетганлар", "чиққан", "вибул", "giden", "gedən",
    "迁出", "出境"};
/* clang-format on */

int mtmi_proposal_has_direction(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int has = 0;

    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        has |= column->dimension != NULL && strcmp(column->dimension, "direction") == 0;
        for (size_t k = 0; k < column->n_members; k++) {
            has |= strcmp(column->members[k].key, "direction") == 0;
        }
    }
    return has;
}

/* Concepts whose figures are of one direction or the other. */
static int has_two(const char *concept) {
    static const char *const concepts[] = {"migration", "border-crossings", "remittances", "money-transfers"};

    for (size_t i = 0; i < sizeof concepts / sizeof *concepts; i++) {
        if (strcmp(concepts[i], concept) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *said_of(const mtmi_proposal *proposal, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (mtmi_proposal_says(proposal, list[i])) {
            return list[i];
        }
    }
    return NULL;
}

void mtmi_proposal_direction(mtmi_proposal *proposal) {
    if (proposal->concept == NULL || proposal->shape != NULL || !has_two(proposal->concept) ||
        mtmi_proposal_has_direction(proposal)) {
        return;
    }
    const char *in = said_of(proposal, in_words, sizeof in_words / sizeof *in_words);
    const char *out = said_of(proposal, out_words, sizeof out_words / sizeof *out_words);
    if ((in == NULL) != (out == NULL)) {
        proposal->direction = in != NULL ? "IN" : "OUT";
        proposal->direction_word = in != NULL ? in : out;
    }
}
