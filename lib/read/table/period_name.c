/* Reads periods in names of columns and cells as people write them: with the mark of a footnote, or without the year
 * that stands above the table. */
#include "base/text.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "period/words.h"
#include "read/table/legend.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LONGEST = 120 };

/* Where a word begins that says how sure the figures are, in parentheses or behind a comma: "2024 (предв.)", "2024, estimate";
 * n where none does. */
static size_t cut_status(const char *name, size_t n) {
    const size_t end = n - (n > 0 && name[n - 1] == ')');
    char normal[LONGEST];
    size_t at = end;
    while (at > 0 && strchr(end < n ? "(" : ",", name[at - 1]) == NULL) {
        at--;
    }
    const size_t size = at > 0 ? mtmi_text_normalise(name + at, end - at, normal, sizeof normal) : 0;
    return size > 0 && size < sizeof normal && mtmi_phrase_is(MTMI_PHRASE_PROVISIONAL, normal) ? at - 1 : n;
}

/* Where the footnote mark of a period begins: "2023*", "2023 1)", "2023e", "2021 [YR2021]", "2024 (предв.)". */
static size_t cut_mark(const char *name, size_t n) {
    const size_t status = cut_status(name, n);
    size_t at = mtmi_legend_cut(name, n);

    if (status < n) {
        at = status;
    } else if (n > 9 && name[n - 1] == ']' && memcmp(name + n - 8, "[YR", 3) == 0 &&
               memcmp(name + n - 5, name, 4) == 0) {
        at = n - 8;
    } else if (n > 2 && name[n - 1] == ')' && name[n - 2] >= '1' && name[n - 2] <= '9') {
        at = n - 2 - (n > 3 && name[n - 3] == '(');
    } else if (n == 5 && strchr("ep", name[n - 1]) != NULL) {
        at = n - 1;
    }
    while (at > 0 && name[at - 1] == '*') {
        at--;
    }
    while (at > 0 && name[at - 1] == ' ') {
        at--;
    }
    return at;
}

int mtmi_period_of_year(const char *text, size_t length, int year, int order, mtmi_period_label *out) {
    char joined[LONGEST + 8];

    mtmi_period_read(text, length, order, out);
    if (out->outcome != MTMI_PERIOD_BAD || !out->lacks_year || year == 0 || length > LONGEST) {
        return 0;
    }
    memcpy(joined, text, length);
    joined[length] = ' ';
    for (int i = 4; i > 0; i--, year /= 10) {
        joined[length + (size_t)i] = (char)('0' + year % 10);
    }
    mtmi_period_read(joined, length + 5, order, out);
    return out->outcome == MTMI_PERIOD_OK;
}

size_t mtmi_round_number(const char *text, size_t length) {
    static const char *const words[] = {"rounds", "round", "ronda", "Раунд", "раунд", "rnd", "r"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t size = strlen(words[i]);
        size_t same = 0, digits = 0, at = size;
        while (same < size && same < length &&
               (text[same] == words[i][same] ||
                (text[same] >= 'A' && text[same] <= 'Z' && text[same] + 32 == words[i][same]))) {
            same++;
        }
        while (at < length && strchr(" #._", text[at]) != NULL) {
            at++;
        }
        while (at + digits < length && text[at + digits] >= '0' && text[at + digits] <= '9') {
            digits++;
        }
        if (same == size && digits > 0 && digits < 4) {
            return at + digits;
        }
    }
    return 0;
}

/* "Round 14 (September 2023)", "R14 - 30 September 2023": what is said of the round, in place of the whole. */
static const char *without_round(const char *name, size_t *length) {
    const size_t round = mtmi_round_number(name, *length);
    size_t from = round, to = *length;
    while (from < to && strchr(" (-:,", name[from]) != NULL) {
        from++;
    }
    while (to > from && strchr(" )", name[to - 1]) != NULL) {
        to--;
    }
    if (round == 0 || from == round || from == to) {
        return name;
    }
    *length = to - from;
    return name + from;
}

int mtmi_period_name(const char *name, size_t length, int year, int order, mtmi_named_period *out) {
    size_t n, cut;

    name = without_round(name, &length);
    n = mtmi_unit_cut(name, length);
    memset(out, 0, sizeof *out);
    if (length == 0 || length > LONGEST) {
        out->label.outcome = MTMI_PERIOD_BAD;
        return 0;
    }
    out->from_above = mtmi_period_of_year(name, n, year, order, &out->label);
    cut = out->label.outcome == MTMI_PERIOD_OK ? length : cut_mark(name, length);
    if (out->label.outcome != MTMI_PERIOD_OK && cut > 0 && cut < length) {
        out->from_above = mtmi_period_of_year(name, cut, year, order, &out->label);
        out->marked = out->label.outcome == MTMI_PERIOD_OK;
    }
    return out->label.outcome == MTMI_PERIOD_OK;
}

int mtmi_cell_lacks_year(mtmi_cell cell) {
    mtmi_period_label label;

    cell = mtmi_cell_trim(cell);
    if (cell.length < 2 || cell.length > LONGEST) {
        return 0;
    }
    mtmi_period_read(cell.text, cell.length, 1, &label);
    return label.outcome == MTMI_PERIOD_BAD && label.lacks_year;
}

/* ---- a period within other words ---- */

enum { WORDS = 40, SPAN = 7 };

typedef struct word_list {
    size_t from[WORDS], to[WORDS];
    size_t n;
} word_list;

static int is_mark(char c) {
    return strchr(",.;:()\"", c) != NULL;
}

/* Words between spaces, without the marks around them; a full stop stays where it may belong to an abbreviation. */
static int cut_words(const char *text, size_t length, word_list *out) {
    size_t at = 0;

    out->n = 0;
    while (at < length) {
        size_t end = at;
        while (end < length && text[end] != ' ') {
            end++;
        }
        size_t from = at, to = end;
        while (from < to && is_mark(text[from])) {
            from++;
        }
        while (to > from && is_mark(text[to - 1])) {
            to--;
        }
        if (to > from) {
            if (out->n == WORDS) {
                return 0;
            }
            out->from[out->n] = from;
            out->to[out->n++] = to;
        }
        at = end + 1;
    }
    return out->n > 0;
}

static int has_digit(const char *text, size_t from, size_t to) {
    for (; from < to; from++) {
        if (text[from] >= '0' && text[from] <= '9') {
            return 1;
        }
    }
    return 0;
}

static int is_one_of(const char *text, size_t length, const char *const *words, size_t n_words) {
    char word[64];
    const size_t n = length < sizeof word / 2 ? mtmi_text_normalise(text, length, word, sizeof word) : sizeof word;
    for (size_t i = 0; n < sizeof word && i < n_words; i++) {
        if (strcmp(word, words[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Words in front of a period that make another one of it. */
static int changes_period(const char *text, size_t from, size_t to) {
    static const char *const words[] = {"по",     "до",     "с",      "со",     "от",      "начало", "конец",
                                        "декада", "декаду", "неделя", "неделю", "недели",  "to",     "until",
                                        "till",   "from",   "since",  "before", "after",   "week",   "start",
                                        "begin",  "end",    "после",  "раньше", "половину"};
    return is_one_of(text + from, to - from, words, sizeof words / sizeof *words);
}

/* A Roman numeral beside a period, in a text in which nothing else explains it, may be its quarter in words that are not
 * known. One that begins the text, with a full stop behind it, numbers a section. */
static int is_numeral(const char *text, size_t from, size_t to, int begins) {
    static const char *const numerals[] = {"I", "II", "III", "IV", "І", "ІІ", "ІІІ"};
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        if (strlen(numerals[i]) == to - from && memcmp(numerals[i], text + from, to - from) == 0) {
            return !(begins && text[to] == '.');
        }
    }
    return 0;
}

/* What stands before a number that is no part of a period: that of a round, a table or an annex. */
static int is_numbered(const char *text, size_t from, size_t to) {
    static const char *const words[] = {"round",   "rounds",  "r.",     "раунд", "раунда",     "ronda",   "cycle",
                                        "wave",    "vague",   "table",  "annex", "appendix",   "figure",  "таблица",
                                        "табл",    "табл.",   "форма",  "кесте", "приложение", "рис",     "рисунок",
                                        "қосымша", "жадвал",  "jadval", "ilova", "cədvəl",     "додаток", "таблиця",
                                        "tableau", "tabelle", "tablo",  "№",     "no.",        "замима",  "тиркеме"};
    return is_one_of(text + from, to - from, words, sizeof words / sizeof *words);
}

/* "у січні-червні 2021": two words joined right before a year may be months of a language that is not known. A comma parts them
 * from it: "Халықтың көші-қоны, 2023 жыл". */
static int is_span_of_words(const char *text, size_t from, size_t to, mtm_period period) {
    const char *dash = to > from ? memchr(text + from, '-', to - from) : NULL;
    return strchr(",:;", text[to]) == NULL && mtmi_period_months(period) == 12 && dash != NULL && dash > text + from &&
           dash + 1 < text + to && !has_digit(text, from, to);
}

/* "нарастающим итогом", "year to date": beside "April-June" nobody knows from when on figures are counted. */
static int says_since_january(const char *text, size_t length) {
    char normal[LONGEST * 4 + 1];
    const size_t size = mtmi_text_normalise(text, length, normal, sizeof normal);
    for (size_t i = 0; size < sizeof normal && i < size; i++) {
        mtmi_period_word word;
        const int begins = i == 0 || strchr(" ,;:(", normal[i - 1]) != NULL;
        if (begins && mtmi_period_phrase_find(normal + i, size - i, &word) > 0 && word.class == '^') {
            return 1;
        }
    }
    return 0;
}

/* A digit but for the number of a round: "Sites_R9". */
static int has_other_digit(const char *word, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const int begins = i == 0 || strchr("(,-_", word[i - 1]) != NULL;
        const size_t round = begins ? mtmi_round_number(word + i, n - i) : 0;
        if (round == 0 && has_digit(word, i, i + 1)) {
            return 1;
        }
        i += round > 0 ? round - 1 : 0;
    }
    return 0;
}

int mtmi_period_may_be_in(const char *text, size_t length) {
    word_list words;

    if (!cut_words(text, length, &words)) {
        return has_digit(text, 0, length);
    }
    for (size_t i = 0; i < words.n; i++) {
        const size_t from = words.from[i], to = words.to[i];
        if (!(i > 0 && is_numbered(text, words.from[i - 1], words.to[i - 1])) &&
            has_other_digit(text + from, to - from)) {
            return 1;
        }
    }
    return 0;
}

/* The longest period that begins with a word: how many words it has; 0 for none. */
static size_t period_from(const char *text, const word_list *words, size_t i, int order, mtmi_period_label *out) {
    for (size_t span = words->n - i < SPAN ? words->n - i : SPAN; span > 0; span--) {
        const size_t from = words->from[i], to = words->to[i + span - 1];
        if (to - from <= LONGEST && has_digit(text, from, to)) {
            mtmi_period_read(text + from, to - from, order, out);
            if (out->outcome == MTMI_PERIOD_OK) {
                return span;
            }
        }
    }
    return 0;
}

int mtmi_period_within(const char *text, size_t length, int order, mtmi_period_label *out) {
    word_list words;
    size_t found = 0, covered = 0;

    out->outcome = MTMI_PERIOD_BAD;
    if (length > LONGEST * 4 || !cut_words(text, length, &words)) {
        return 0;
    }
    for (size_t i = 0; i < words.n; i++) {
        mtmi_period_label label;
        if (i > 0 && is_numbered(text, words.from[i - 1], words.to[i - 1])) {
            continue;
        }
        const size_t took = period_from(text, &words, i, order, &label);
        if (took == 0) {
            /* a figure that is no part of it */
            covered += (size_t)(has_digit(text, words.from[i], words.to[i]) ||
                                is_numeral(text, words.from[i], words.to[i], i == 0));
            continue;
        }
        const int again = found > 0 && mtmi_period_same(out->period, label.period); /* in another language */
        label.cumulative |= again && out->cumulative;
        *out = label;
        found += !again;
        covered += i > 0 && (changes_period(text, words.from[i - 1], words.to[i - 1]) ||
                             is_span_of_words(text, words.from[i - 1], words.to[i - 1], out->period));
        i += took - 1;
    }
    return found == 1 && covered == 0 && (out->cumulative || !says_since_january(text, length));
}

/* ---- the year above a table ---- */

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The years of a text: 0 for none, -1 for several. */
static int year_in(const char *text, size_t length, int before) {
    int found = before;

    for (size_t at = 0; at < length;) {
        size_t n = 0;
        int year = 0;
        while (at + n < length && is_digit(text[at + n])) {
            year = n < 5 ? year * 10 + (text[at + n] - '0') : year;
            n++;
        }
        if (n == 4 && year >= 1900 && year < 2100) {
            found = found == 0 || found == year ? year : -1;
        }
        at += n > 0 ? n : 1;
    }
    return found;
}

int mtmi_year_above(const mtmi_rows *rows, const mtmi_preview *head, const mtmi_header *header, const mtmi_row **from) {
    int year = 0;

    *from = NULL;
    for (size_t i = 0; header->n > 0 && i < header->first && i < head->n; i++) {
        const mtmi_row *row = &head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            int now = year_in(row->cells[k].text, row->cells[k].length, year);
            *from = now > 0 && year == 0 ? row : *from;
            year = now;
        }
    }
    if (year == 0) {
        year = year_in(rows->dialect.sheet, strlen(rows->dialect.sheet), 0);
    }
    return year > 0 ? year : 0;
}
