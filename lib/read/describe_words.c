/* Looks for words in a file's name, the titles above its table and the names of its columns. */
#include "read/describe.h"

#include "base/text.h"

#include <string.h>

#define NAMES_SIZE 4096

/* A word of four letters or fewer counts as a whole one: "ирс" is no part of "киирси". */
static int has_word(const char *text, const char *word) {
    char plain[NAMES_SIZE];
    size_t length = mtmi_text_normalise(text, strlen(text), plain, sizeof plain), n = strlen(word);
    const char *at = length < sizeof plain ? plain : NULL;

    while (at != NULL && (at = strstr(at, word)) != NULL) {
        int begins = at == plain || strchr(" _-.,/(\"'", at[-1]) != NULL,
            ends = strchr(" _-.,/)\"'0123456789", at[n]) != NULL;
        if (mtmi_text_characters(word, n) > 4 || (begins && ends)) {
            return 1;
        }
        at += n;
    }
    return 0;
}

int mtmi_proposal_says(const mtmi_proposal *proposal, const char *word) {
    const mtm_check *check = proposal->check;
    const mtmi_check_file *file = check->n_files > 0 ? &check->files[0] : NULL;
    const char *slash = strrchr(proposal->path, '/');
    int found = has_word(slash != NULL ? slash + 1 : proposal->path, word);

    for (size_t i = 0; i < check->n_entries && !found; i++) {
        const mtmi_check_entry *entry = &check->entries[i];
        found =
            (entry->code == MTMI_CODE_NOT_DATA || entry->code == MTMI_CODE_YEAR_ABOVE) && has_word(entry->found, word);
    }
    for (size_t i = 0; file != NULL && i < file->n_columns && !found; i++) {
        found = has_word(file->columns[i].name, word);
    }
    return found;
}
