/* Early ends of functions that give a status. MTMI_TRY ends a function that owns something at its one exit.
 *
 *     mtm_status status = MTM_OK;
 *     MTMI_TRY(open_file(path, &file, err));
 *     MTMI_TRY(read_rows(file, err));
 * out:
 *     close_file(file);
 *     return status;
 *
 * The function has a variable `status` and a label `out`; what it owns is NULL until it exists. */
#ifndef MTMI_BASE_TRY_H
#define MTMI_BASE_TRY_H

#define MTMI_TRY(expression)                                                                                           \
    do {                                                                                                               \
        status = (expression);                                                                                         \
        if (status != MTM_OK) {                                                                                        \
            goto out;                                                                                                  \
        }                                                                                                              \
    } while (0)

/* In functions that own nothing. */
#define MTMI_CHECK_STATUS(expression)                                                                                  \
    do {                                                                                                               \
        const mtm_status checked_ = (expression);                                                                      \
        if (checked_ != MTM_OK) {                                                                                      \
            return checked_;                                                                                           \
        }                                                                                                              \
    } while (0)

#endif
