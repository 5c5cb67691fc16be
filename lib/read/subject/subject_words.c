/* Looks for words of subject.tsv in texts that are normalised once. Each text ends in a line feed, which no normalised text
 * has. */
#include "read/subject/subject_words.h"

#include "base/text.h"

#include <string.h>

static const char before_words[] = " _-.,/(\"'\n", after_words[] = " _-.,/)\"'0123456789\n";

void mtmi_subject_add(mtmi_buffer *texts, const char *text, size_t length) {
    enum { LONGEST = 4096 };
    char plain[LONGEST];
    const size_t n = mtmi_text_normalise(text, length, plain, sizeof plain);

    if (n < sizeof plain) {
        mtmi_buffer_add(texts, plain, n);
        mtmi_buffer_char(texts, '\n');
    }
}

/* Whether a word stands at a place where it counts. */
int mtmi_subject_counts_at(const mtmi_subject_word *word, const char *texts, const char *at) {
    const int begins = at == texts || strchr(before_words, at[-1]) != NULL;

    if (word->what == MTMI_SUBJECT_PART && strcmp(word->value, "region") == 0) {
        return 1; /* endings: "Алматинской области" */
    }
    if ((word->what == MTMI_SUBJECT_DIRECTION || word->what == MTMI_SUBJECT_LIMIT || word->what == MTMI_SUBJECT_PART) &&
        !word->whole) {
        return begins;
    }
    return !word->whole || (begins && strchr(after_words, at[strlen(word->word)]) != NULL);
}

int mtmi_subject_has(const char *texts, const mtmi_subject_word *word) {
    for (const char *at = texts; (at = strstr(at, word->word)) != NULL; at += strlen(word->word)) {
        if (mtmi_subject_counts_at(word, texts, at)) {
            return 1;
        }
    }
    return 0;
}

const mtmi_subject_word *mtmi_subject_find(const char *texts, mtmi_subject what, const char *value) {
    for (size_t i = 0; i < mtmi_n_subject_words; i++) {
        const mtmi_subject_word *word = &mtmi_subject_words[i];
        if (word->what == what && (value == NULL || strcmp(word->value, value) == 0) && mtmi_subject_has(texts, word)) {
            return word;
        }
    }
    return NULL;
}

const mtmi_subject_word *mtmi_subject_only(const char *texts, mtmi_subject what, const char *a, const char *b) {
    const mtmi_subject_word *word_a = mtmi_subject_find(texts, what, a), *word_b = mtmi_subject_find(texts, what, b);

    return word_a != NULL && word_b != NULL ? NULL : word_a != NULL ? word_a : word_b;
}
