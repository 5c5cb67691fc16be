/* Early ends of functions that give a status. */
#ifndef MTMI_SURVEY_TRY_H
#define MTMI_SURVEY_TRY_H

/* In functions that own something: `status` is declared, and `out:` frees. */
#ifndef MTMI_TRY
#define MTMI_TRY(expression)            \
    do {                                \
        status = (expression);          \
        if (status != MTM_OK) {         \
            goto out;                   \
        }                               \
    } while (0)
#endif

/* In functions that own nothing. */
#define MTMI_CHECK_STATUS(expression)               \
    do {                                            \
        const mtm_status checked_ = (expression);   \
        if (checked_ != MTM_OK) {                   \
            return checked_;                        \
        }                                           \
    } while (0)

#endif
