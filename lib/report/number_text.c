/* Prints numbers as a language does, with nouns in the plural form that the number asks for (the CLDR rules). */
#include "report/text_builder.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

#define MINUS "\xE2\x88\x92" /* U+2212 */

static void put_number(mtmi_buffer *out, const mtmi_words *words, mtm_decimal value, int with_sign) {
    char digits[MTMI_WIDE_TEXT];
    mtmi_wide units = value.units < 0 ? -(mtmi_wide)value.units : (mtmi_wide)value.units;
    size_t length = mtmi_decimal_write(units, value.decimals, digits, sizeof digits);
    const char *point = strchr(digits, '.');
    size_t whole = point != NULL ? (size_t)(point - digits) : length;
    if (value.units < 0) {
        mtmi_buffer_text(out, MINUS);
    } else if (with_sign && value.units > 0) {
        mtmi_buffer_char(out, '+');
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            mtmi_buffer_text(out, words->group);
        }
        mtmi_buffer_char(out, digits[i]);
    }
    if (point != NULL) {
        mtmi_buffer_text(out, words->decimal);
        mtmi_buffer_text(out, point + 1);
    }
}

const char *mtmi_print_number(mtmi_text_builder *scribe, mtm_decimal value, int with_sign) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    put_number(&out, scribe->words, value, with_sign);
    scribe->failed |= out.failed;
    const char *text = mtmi_text_builder_keep(scribe, out.failed ? "" : out.data);
    mtmi_buffer_free(&out);
    return text;
}

const char *mtmi_print_percent(mtmi_text_builder *scribe, mtm_decimal value, int with_sign) {
    return mtmi_say(scribe, MTMI_MESSAGE_PERCENT, "number", mtmi_print_number(scribe, value, with_sign), MTMI_SAY_END);
}

const char *mtmi_print_count(mtmi_text_builder *scribe, int64_t count) {
    return mtmi_print_number(scribe, (mtm_decimal){count, 0, 0}, 0);
}

/* Russian tells 1, 21, 31 from 2-4, 22-24 from the rest, and fractions from all of them. */
mtmi_number_form mtmi_number_form_of(const mtmi_words *words, mtm_decimal value) {
    uint64_t whole = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
    if (value.decimals > 0) {
        return MTMI_NUMBER_FRACTION;
    }
    if (words != &mtmi_words_ru) {
        return whole == 1 ? MTMI_NUMBER_ONE : MTMI_NUMBER_MANY;
    }
    unsigned last = (unsigned)(whole % 10), tens = (unsigned)(whole / 10 % 10);
    if (tens == 1 || last == 0 || last > 4) {
        return MTMI_NUMBER_MANY;
    }
    return last == 1 ? MTMI_NUMBER_ONE : MTMI_NUMBER_FEW;
}

static const mtmi_unit_words *unit_words(const mtmi_words *words, const char *unit) {
    for (const mtmi_unit_words *entry = words->units; entry->id != NULL; entry++) {
        if (strcmp(entry->id, unit) == 0) {
            return entry;
        }
    }
    return NULL;
}

/* Movements between places are no crossings of a border: Russian and Kazakh have a word for each. */
static const mtmi_unit_words *words_of_unit(const mtmi_text_builder *scribe, const mtm_result *result) {
    const char *unit = result->unit != NULL ? result->unit : "";
    const int observed = result->component == MTMI_COMPONENT_FLOW_REGISTRY && strcmp(unit, "movements") == 0;
    return unit_words(scribe->words, observed ? "movements-observed" : unit);
}

/* "million"; NULL for none, and for a power of ten that has no word. */
static const char *multiplier_word(const mtmi_words *words, int multiplier) {
    switch (multiplier) {
    case 3: return words->messages[MTMI_MESSAGE_THOUSAND];
    case 6: return words->messages[MTMI_MESSAGE_MILLION];
    case 9: return words->messages[MTMI_MESSAGE_BILLION];
    case 12: return words->messages[MTMI_MESSAGE_TRILLION];
    default: return NULL;
    }
}

/* ISO 4217 code that the table knows: English writes it before the amount. */
static int is_money(const mtmi_unit_words *entry) {
    return entry != NULL && strlen(entry->id) == 3 && strspn(entry->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* "10.2 million" and its unit. */
static const char *say_amount(mtmi_text_builder *scribe, const mtmi_unit_words *entry, const char *number,
                              const char *unit) {
    return is_money(entry) ? mtmi_say(scribe, MTMI_MESSAGE_MONEY, "amount", number, "unit", unit, MTMI_SAY_END)
                           : mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", number, "unit", unit, MTMI_SAY_END);
}

static const char *with_multiplier(mtmi_text_builder *scribe, const char *unit, int multiplier) {
    const char *word = multiplier_word(scribe->words, multiplier);
    char power[MTMI_WIDE_TEXT + 8] = "\xC3\x97"
                                     "10^";
    if (multiplier == 0) {
        return unit;
    }
    if (word == NULL) {
        mtmi_decimal_write(multiplier, 0, power + strlen(power), MTMI_WIDE_TEXT);
        word = power;
    }
    return mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", word, "unit", unit, MTMI_SAY_END);
}

const char *mtmi_print_unit(mtmi_text_builder *scribe, const mtm_result *result) {
    const char *unit = result->unit != NULL ? result->unit : "";
    const mtmi_unit_words *entry = words_of_unit(scribe, result);
    if (mtmi_result_is_percent(result)) {
        return scribe->words->messages[MTMI_MESSAGE_PERCENT_UNIT];
    }
    if (entry != NULL) { /* alone, or after "million" */
        unit = result->multiplier == 0 ? entry->heading : entry->forms[MTMI_NUMBER_MANY];
    }
    return with_multiplier(scribe, mtmi_text_builder_keep(scribe, unit), result->multiplier);
}

/* Beside "million" a noun stands as after a large number. */
const char *mtmi_print_value(mtmi_text_builder *scribe, const mtm_result *result, mtm_decimal value, int form) {
    const char *number = mtmi_print_number(scribe, value, 0);
    const char *unit = result->unit != NULL ? result->unit : "";
    const mtmi_unit_words *entry = words_of_unit(scribe, result);
    if (mtmi_result_is_percent(result)) {
        return mtmi_say(scribe, form == MTMI_UNIT_ACCUSATIVE ? MTMI_MESSAGE_PERCENT_ACCUSATIVE : MTMI_MESSAGE_PERCENT,
                        "number", number, MTMI_SAY_END);
    }
    if (entry != NULL) {
        mtmi_number_form noun = result->multiplier != 0 ? MTMI_NUMBER_MANY : mtmi_number_form_of(scribe->words, value);
        unit = form == MTMI_UNIT_ACCUSATIVE && entry->accusative[0] != '\0' ? entry->accusative : entry->forms[noun];
    }
    const char *word = multiplier_word(scribe->words, result->multiplier);
    if (is_money(entry) && (word != NULL || result->multiplier == 0)) {
        number = word == NULL ? number
                              : mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", number, "unit", word, MTMI_SAY_END);
        return say_amount(scribe, entry, number, unit);
    }
    return mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", number, "unit",
                    with_multiplier(scribe, unit, result->multiplier), MTMI_SAY_END);
}

/* ---- rounded ---- */

/* The value without its multiplier, in tenths of 10^magnitude, rounded once; 0 where that is no sensible question. */
static mtmi_wide tenths_of(mtmi_wide units, int decimals, int magnitude) {
    int shift = decimals + magnitude - 1;
    return shift > 18 ? 0 : shift >= 0 ? mtmi_decimal_rescale(units, shift, 0) : units * mtmi_decimal_power(-shift);
}

/* Three digits from ten thousand on. */
static mtmi_wide three_digits(mtmi_wide units, int decimals) {
    mtmi_wide whole = mtmi_decimal_rescale(units, decimals, 0);
    int cut = whole >= 100000 ? 3 : 2;
    return mtmi_decimal_rescale(units, decimals + cut, 0) * mtmi_decimal_power(cut);
}

static const char *signed_number(mtmi_text_builder *scribe, mtmi_wide size, int decimals, int negative) {
    mtm_decimal value;
    if (mtmi_decimal_narrow(negative ? -size : size, decimals, &value, NULL) != MTM_OK) {
        return "";
    }
    return mtmi_print_number(scribe, value, 0);
}

const char *mtmi_print_rounded(mtmi_text_builder *scribe, mtm_decimal value, int multiplier, mtmi_number_form *noun) {
    static const int magnitudes[] = {12, 9, 6};
    int negative = value.units < 0;
    mtm_decimal plain = mtmi_decimal_trim(value);
    mtmi_wide size = plain.units < 0 ? -(mtmi_wide)plain.units : (mtmi_wide)plain.units;
    int decimals = plain.decimals - multiplier;
    *noun = MTMI_NUMBER_MANY;
    for (size_t i = 0; i < 3; i++) {
        mtmi_wide tenths = multiplier <= 12 ? tenths_of(size, decimals, magnitudes[i]) : 0;
        if (tenths >= 10) {
            return mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", signed_number(scribe, tenths, 1, negative), "unit",
                            multiplier_word(scribe->words, magnitudes[i]), MTMI_SAY_END);
        }
    }
    if (decimals < 0) {
        size *= mtmi_decimal_power(-decimals);
        decimals = 0;
    }
    if (mtmi_decimal_rescale(size, decimals, 0) >= 10000) {
        return signed_number(scribe, three_digits(size, decimals), 0, negative);
    }
    mtm_decimal exact = {(int64_t)size, (int32_t)decimals, 0};
    *noun = mtmi_number_form_of(scribe->words, exact);
    return signed_number(scribe, size, decimals, negative);
}

const char *mtmi_print_amount(mtmi_text_builder *scribe, const mtm_result *result, mtm_decimal value) {
    mtmi_number_form noun;
    const char *unit = result->unit != NULL ? result->unit : "";
    const mtmi_unit_words *entry = words_of_unit(scribe, result);
    if (mtmi_result_is_percent(result)) {
        return mtmi_print_percent(scribe, value, 0);
    }
    const char *number = mtmi_print_rounded(scribe, value, result->multiplier, &noun);
    return say_amount(scribe, entry, number, entry != NULL ? entry->forms[noun] : mtmi_text_builder_keep(scribe, unit));
}

int mtmi_title_names_unit(const mtmi_text_builder *scribe, const mtm_result *result, const char *title) {
    const mtmi_unit_words *entry = words_of_unit(scribe, result);
    char normal[512];
    const size_t n = mtmi_text_normalise(title, strlen(title), normal, sizeof normal);
    return scribe->words->bare_counts && entry != NULL && result->multiplier == 0 && n < sizeof normal &&
           strstr(normal, entry->heading) != NULL;
}
