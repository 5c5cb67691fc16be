/* LZ4 frames (https://github.com/lz4/lz4, lz4_Frame_format.md): what Feather files are packed with. */
#ifndef MTMI_READ_ARROW_LZ4_H
#define MTMI_READ_ARROW_LZ4_H

#include <stddef.h>

/* Unpacks one frame into exactly `size` bytes. 0 where the bytes are none, or give more or less. */
int mtmi_lz4_unpack(const unsigned char *from, size_t n, unsigned char *to, size_t size);

#endif
