/* Knows choices of forms that are no answers, by their code or by what their label says. Words are compared as
 * base/text.h normalises them. */
#include "survey/form/no_answer.h"

#include "base/text.h"

#include <string.h>

enum { WORD_SIZE = 128 };

/* clang-format off */
static const char *const unknown_words[] = {
    "dk", "dnk", "dont_know", "do_not_know", "don't know", "do not know", "does not know", "not known",
    "don't know / not sure", "не знаю", "не знает", "затрудняюсь ответить", "затруднились ответить",
    "затрудняется ответить", "білмеймін", "айта алмаймын", "bilmayman", "билмайман", "билбейм", "намедонам",
    "bilemedim", "bilmiyorum", "ne sait pas", "je ne sais pas", "no sabe", "no sé", NULL};
static const char *const refused_words[] = {
    "pnta", "refused", "prefer_not_to_answer", "refuse_to_answer", "prefer not to answer", "prefer not to say",
    "refused to answer", "refuse to answer", "no answer", "отказ", "отказ от ответа", "отказ отвечать",
    "отказываюсь отвечать", "не хочу отвечать", "нет ответа", "жауап беруден бас тартты", "жауап бергісі келмейді",
    "javob berishdan bosh tortdi", "жооп бергиси келген жок", "refus de répondre", "pas de réponse",
    "se niega a responder", "no responde", NULL};
/* clang-format on */

static int is_word_of(const char *const *all, const json_t *text) {
    const char *word = json_string_value(text);
    char own[WORD_SIZE], other[WORD_SIZE];
    const size_t size = word != NULL ? mtmi_text_normalise(word, strlen(word), own, sizeof own) : sizeof own;
    for (size_t i = 0; size < sizeof own && all[i] != NULL; i++) {
        (void)mtmi_text_normalise(all[i], strlen(all[i]), other, sizeof other);
        if (strcmp(own, other) == 0) {
            return 1;
        }
    }
    return 0;
}

int mtmi_no_answer_is(mtmi_no_answer kind, const char *code, json_t *label) {
    const char *const *all = kind == MTMI_NO_ANSWER_UNKNOWN ? unknown_words : refused_words;
    const char *language;
    json_t *one, *name = json_string(code);
    int is_one = is_word_of(all, name) || is_word_of(all, label);
    json_decref(name);
    json_object_foreach(label, language, one) {
        is_one |= is_word_of(all, one);
    }
    return is_one;
}
