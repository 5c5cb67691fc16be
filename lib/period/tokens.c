/* Cuts a normalised label into numbers, classes of words and punctuation. */
#include "base/text.h"
#include "period/grammar.h"

#include <string.h>

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Letters, and the modifier of Latin Kazakh; all other characters beyond ASCII are of no label. */
static int is_letter(const char *text, size_t length, size_t *bytes) {
    uint32_t c = mtmi_text_decode(text, length, bytes);
    static const struct {
        uint32_t first, last;
    } letters[] = {{'a', 'z'},     {0xDF, 0xF6},   {0xF8, 0x24F},
                   {0x400, 0x52F}, {0x531, 0x587},                    /* Latin, Cyrillic, Armenian */
                   {0x620, 0x64A}, {0x671, 0x6D3}, {0x10D0, 0x10FF}}; /* Arabic without digits, Georgian */
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (c >= letters[i].first && c <= letters[i].last) {
            return 1;
        }
    }
    return 0;
}

static size_t word_length(const char *text, size_t length) {
    size_t at = 0, bytes = 0;
    while (at < length && is_letter(text + at, length - at, &bytes)) {
        at += bytes;
    }
    return at;
}

static size_t read_number(const char *text, size_t length, mtmi_token *out) {
    size_t n = 0;
    out->value = 0;
    while (n < length && is_digit(text[n])) {
        out->value = out->value < 100000000 ? out->value * 10 + (text[n] - '0') : out->value;
        n++;
    }
    out->digits = n < 100 ? (int)n : 100;
    switch (n) {
    case 1:
    case 2: out->class = MTMI_TOKEN_SMALL; break;
    case 3: out->class = MTMI_TOKEN_THREE; break;
    case 4:
        out->class = out->value >= MTMI_YEAR_FIRST && out->value <= MTMI_YEAR_LAST ? MTMI_TOKEN_YEAR : MTMI_TOKEN_OTHER;
        break;
    case 6: out->class = MTMI_TOKEN_SIX; break;
    case 8: out->class = MTMI_TOKEN_EIGHT; break;
    default: out->class = MTMI_TOKEN_OTHER;
    }
    return n;
}

/* A phrase ends where its last word does. */
static size_t read_words(const char *text, size_t length, mtmi_token *out, int *dative) {
    mtmi_period_word word;
    size_t bytes = 0;
    size_t n = mtmi_period_phrase_find(text, length, &word);

    if (n == 0 || (n < length && text[n - 1] != '-' && is_letter(text + n, length - n, &bytes))) {
        n = word_length(text, length);
        word = mtmi_period_word_find(text, n);
    }
    out->class = word.class;
    out->value = word.value;
    *dative |= word.dative;
    return n;
}

/* "上半年" is two tokens, the numeral and the word for half. */
static size_t read_sign(const char *text, size_t length, mtmi_tokens *out) {
    mtmi_token *token = &out->at[out->n];
    mtmi_period_word word;
    const size_t n = mtmi_period_sign_find(text, length, &word);

    if (n == 0) {
        return 0;
    }
    token->class = word.class;
    token->value = word.value;
    if ((word.class == MTMI_WORD_FIRST_HALF || word.class == MTMI_WORD_SECOND_HALF) &&
        out->n + 1 < MTMI_PERIOD_TOKENS) {
        token->class = MTMI_WORD_ROMAN;
        token->value = word.class == MTMI_WORD_FIRST_HALF ? 1 : 2;
        out->at[++out->n] = (mtmi_token){MTMI_WORD_HALF, 0, 0, 0, token->offset};
    }
    return n;
}

int mtmi_tokens_read(const char *text, size_t length, mtmi_tokens *out, size_t *offset) {
    size_t at = 0, bytes = 0;
    int spaced = 0, dative = 0;

    memset(out, 0, sizeof *out);
    while (at < length) {
        mtmi_token *token = &out->at[out->n];
        size_t used = 1;

        *offset = at;
        if (text[at] == ' ') {
            spaced = 1;
            at++;
            continue;
        }
        if (out->n == MTMI_PERIOD_TOKENS) {
            return 0;
        }
        token->offset = at;
        token->spaced = spaced;
        if (is_digit(text[at])) {
            used = read_number(text + at, length - at, token);
        } else if (is_letter(text + at, length - at, &bytes)) {
            used = read_words(text + at, length - at, token, &dative);
        } else if (strchr("-/.,:'+", text[at]) != NULL && text[at] != '\0') {
            token->class = text[at];
        } else if ((used = read_sign(text + at, length - at, out)) == 0) {
            return 0;
        }
        at += used;
        spaced = 0;
        out->n++;
    }
    out->as_of = dative;
    return 1;
}

static void drop(mtmi_tokens *tokens, size_t at, size_t n) {
    memmove(&tokens->at[at], &tokens->at[at + n], (tokens->n - at - n) * sizeof tokens->at[0]);
    tokens->n -= n;
}

static char class_at(const mtmi_tokens *tokens, size_t at) {
    return at < tokens->n ? tokens->at[at].class : '\0';
}

static int is_abbreviation(char class) {
    return class != '\0' && strchr("mqhykf", class) != NULL;
}

/* How many tokens at this place say nothing. */
static size_t says_nothing(const mtmi_tokens *tokens, size_t at) {
    char before = at > 0 ? class_at(tokens, at - 1) : '\0';
    char here = class_at(tokens, at);
    char after = class_at(tokens, at + 1);

    if (here == MTMI_WORD_FILLER || here == ',') {
        return 1;
    }
    if (here == '.' &&
        (is_abbreviation(before) || (before == MTMI_WORD_SUFFIX && tokens->at[at - 1].value == SUFFIX_OF_YEARS))) {
        return 1;
    }
    if (here == '.' && (before == MTMI_TOKEN_SMALL || before == MTMI_WORD_ROMAN)) { /* "1. Quartal", "2. çeyrek" */
        return after == MTMI_WORD_QUARTER || after == MTMI_WORD_HALF;
    }
    return here == '-' && before == MTMI_TOKEN_YEAR && after == MTMI_WORD_YEAR ? 1 : 0;
}

/* Ordinal suffixes join their number: "2-й", "1st", "II-й". */
static int join_suffix(mtmi_tokens *tokens, size_t at) {
    char here = class_at(tokens, at);
    size_t suffix = class_at(tokens, at + 1) == '-' ? at + 2 : at + 1;

    if ((here != MTMI_TOKEN_SMALL && here != MTMI_WORD_ROMAN && here != MTMI_TOKEN_YEAR) ||
        class_at(tokens, suffix) != MTMI_WORD_SUFFIX || tokens->at[at + 1].spaced) {
        return 0;
    }
    if (here == MTMI_TOKEN_YEAR && tokens->at[suffix].value == SUFFIX_OF_NUMBERS) {
        return 0; /* "2023e": an estimate */
    }
    drop(tokens, at + 1, suffix - at);
    if (here == MTMI_TOKEN_SMALL) {
        tokens->at[at].class = MTMI_TOKEN_NTH;
    }
    return 1;
}

static int is_month_number(const mtmi_token *token) {
    const int number = token->class == MTMI_TOKEN_SMALL || token->class == MTMI_TOKEN_NTH ||
                       token->class == MTMI_WORD_ROMAN || token->class == MTMI_WORD_CARDINAL;
    return number && token->value >= 1 && token->value <= 12;
}

/* "1月", "1-р сар", "1—6月": numbers become months. */
static int join_month(mtmi_tokens *tokens, size_t at) {
    if (class_at(tokens, at + 1) != MTMI_WORD_MONTH_SIGN || !is_month_number(&tokens->at[at])) {
        return 0;
    }
    tokens->at[at].class = MTMI_WORD_MONTH;
    drop(tokens, at + 1, 1);
    if (at >= 2 && (class_at(tokens, at - 1) == '-' || class_at(tokens, at - 1) == MTMI_WORD_TO) &&
        is_month_number(&tokens->at[at - 2])) {
        tokens->at[at - 2].class = MTMI_WORD_MONTH;
    }
    return 1;
}

static int drop_beside(mtmi_tokens *tokens, size_t at) {
    char here = class_at(tokens, at);
    char after = class_at(tokens, at + 1);

    if (here == MTMI_TOKEN_YEAR &&
        (after == MTMI_WORD_YEAR ||
         (after == MTMI_WORD_SUFFIX && tokens->at[at + 1].value == SUFFIX_OF_YEARS))) { /* "2024 р." */
        drop(tokens, at + 1, 1);
    } else if (here == MTMI_WORD_YEAR && after == MTMI_TOKEN_YEAR) {
        drop(tokens, at, 1);
    } else if (here == MTMI_WORD_MONTH && after == MTMI_WORD_MONTHS) {
        drop(tokens, at + 1, 1);
    } else {
        return 0;
    }
    return 1;
}

static int has(const mtmi_tokens *tokens, char class) {
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->at[i].class == class) {
            return 1;
        }
    }
    return 0;
}

/* "As of" leads or, in Kazakh, ends the label; "from" needs its "to". */
static void lift_marks(mtmi_tokens *tokens) {
    for (size_t i = tokens->n; i-- > 0;) {
        if (tokens->at[i].class == MTMI_WORD_TO_DATE) {
            tokens->to_date = 1;
            drop(tokens, i, 1);
        }
    }
    if (class_at(tokens, 0) == MTMI_WORD_AS_OF) {
        tokens->as_of = tokens->at[0].value ? 2 : 1;
        drop(tokens, 0, 1);
    } else if (tokens->n > 0 && class_at(tokens, tokens->n - 1) == MTMI_WORD_AS_OF &&
               tokens->at[tokens->n - 1].value == 0) {
        tokens->as_of = 1;
        drop(tokens, tokens->n - 1, 1);
    }
    if (class_at(tokens, 0) == MTMI_WORD_FROM && (has(tokens, MTMI_WORD_TO) || has(tokens, '-'))) {
        drop(tokens, 0, 1);
    }
}

void mtmi_tokens_tidy(mtmi_tokens *tokens) {
    size_t at = 0;

    while (at < tokens->n) {
        size_t nothing = says_nothing(tokens, at);
        if (nothing > 0) {
            drop(tokens, at, nothing);
        } else {
            at++;
        }
    }
    at = 0;
    while (at < tokens->n) {
        if (!join_suffix(tokens, at) && !join_month(tokens, at) && !drop_beside(tokens, at)) {
            at++;
        }
    }
    lift_marks(tokens);
}
