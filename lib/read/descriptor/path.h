/* Whether a path may stand in a data package. What comes in: text. What goes out: what is wrong with it. It asks no file
 * system: links are refused by base/source.h when the file is opened. */
#ifndef MTMI_READ_DESCRIPTOR_PATH_H
#define MTMI_READ_DESCRIPTOR_PATH_H

/* NULL for a path inside the folder; else what was found in it: "a backslash". */
const char *mtmi_path_wrong(const char *path);

#endif
