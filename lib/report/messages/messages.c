/* Looks messages up by language and key. */
#include "report/messages/messages.h"

static const char *const keys[] = {
#define MESSAGE_KEY(name, key) key,
    MTMI_MESSAGES(MESSAGE_KEY)
#undef MESSAGE_KEY
};

const mtmi_words *mtmi_words_get(mtm_language language) {
    return language == MTM_LANGUAGE_RU ? &mtmi_words_ru : language == MTM_LANGUAGE_KK ? &mtmi_words_kk : &mtmi_words_en;
}

const char *mtmi_message_key(int message) {
    return message >= 0 && message < MTMI_MESSAGE_COUNT ? keys[message] : NULL;
}

const char *const mtmi_label_codes[MTMI_LABELS] = {"men", "women", "boys", "girls", "incoming", "outgoing"};
