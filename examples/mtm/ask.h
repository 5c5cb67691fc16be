/* Questions of `init --ask`, on a terminal. */
#ifndef ASK_H
#define ASK_H

#include "options.h"

#include <mtm.h>

/* What is remembered between questions. */
struct asker {
    const struct settings *settings;
    const mtm_check *shown; /* the check that stands on the terminal */
};

/* Whether a person sits there: both standard input and output are a terminal. */
int ask_is_possible(void);

/* Shows the table that the question is about, once, then the question; reads the answer. For mtm_package_ask(). */
mtm_status ask_question(const mtm_question *question, char *answer, size_t size, void *data);

#endif
