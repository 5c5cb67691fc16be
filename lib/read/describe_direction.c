/* Finds the direction of all figures of a file in its name and the titles above its table: "Въезд иностранцев", "Immigration by
 * citizenship". Both directions in them, or in the table, say none. */
#include "read/describe.h"

#include <string.h>

int mtmi_proposal_has_direction(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int has = file != NULL && file->section != NULL && strcmp(file->section, "direction") == 0;

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

void mtmi_proposal_direction(mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    if (proposal->concept == NULL || proposal->shape != NULL || !has_two(proposal->concept) ||
        mtmi_proposal_has_direction(proposal)) {
        return;
    }
    const mtmi_subject_word *word = mtmi_proposal_says_one(texts, MTMI_SUBJECT_DIRECTION, "IN", "OUT");
    if (word != NULL) {
        proposal->direction = word->value;
        proposal->direction_word = word->word;
    }
}
