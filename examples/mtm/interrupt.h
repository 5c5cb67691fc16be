/* Ctrl-C and its like: work is asked to stop, and is stopped when it does not. */
#ifndef INTERRUPT_H
#define INTERRUPT_H

/* From here on SIGINT, SIGTERM and SIGHUP are noticed, and a closed pipe is an error of writing. */
void interrupt_watch(void);

/* The signal that came; 0 for none. */
int interrupt_signal(void);

/* Says that work was interrupted; returns how the program should end. */
int interrupt_exit(void);

#endif
