/* What the man page and the completion take from the tables of commands and options. */
#ifndef LISTS_H
#define LISTS_H

/* "bash": the completion; "man": the man page's lists. For the build; not told in --help. */
int lists_print(const char *what);

#endif
