/* Writes a ZIP archive (PKWARE APPNOTE 4.3, stored). Every file is dated 1980-01-01, so that the same content gives the
 * same bytes. */
#include "render/office/zip_writer.h"

#include <string.h>

#define LOCAL_HEADER 0x04034B50u
#define CENTRAL_HEADER 0x02014B50u
#define END_OF_DIRECTORY 0x06054B50u
#define VERSION 20
#define UTF8_NAMES 0x0800
#define FIRST_OF_1980 0x0021

static void put16(mtmi_buffer *out, unsigned number) {
    const char bytes[2] = {(char)(number & 0xFF), (char)(number >> 8 & 0xFF)};
    mtmi_buffer_add(out, bytes, sizeof bytes);
}

static void put32(mtmi_buffer *out, uint32_t number) {
    put16(out, number & 0xFFFF);
    put16(out, number >> 16);
}

/* CRC-32 of IEEE 802.3, four bits at a time. */
static uint32_t checksum(const mtmi_buffer *content) {
    static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                       0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    uint32_t sum = 0xFFFFFFFFu;
    for (size_t i = 0; i < content->size; i++) {
        sum ^= (unsigned char)content->data[i];
        sum = table[sum & 15] ^ sum >> 4;
        sum = table[sum & 15] ^ sum >> 4;
    }
    return ~sum;
}

/* What both headers of a file say, from the version needed to the length of the extra field. */
static void put_facts(mtmi_buffer *out, const char *name, const mtmi_buffer *content, uint32_t sum) {
    put16(out, VERSION);
    put16(out, UTF8_NAMES);
    put16(out, 0); /* stored */
    put16(out, 0); /* midnight */
    put16(out, FIRST_OF_1980);
    put32(out, sum);
    put32(out, (uint32_t)content->size);
    put32(out, (uint32_t)content->size);
    put16(out, (unsigned)strlen(name));
    put16(out, 0);
}

void mtmi_zip_writer_start(mtmi_zip_writer *archive, mtmi_buffer *out) {
    *archive = (mtmi_zip_writer){out, MTMI_BUFFER_INIT, 0};
}

void mtmi_zip_writer_add(mtmi_zip_writer *archive, const char *name, const mtmi_buffer *content) {
    uint32_t sum = checksum(content), offset = (uint32_t)archive->out->size;
    put32(archive->out, LOCAL_HEADER);
    put_facts(archive->out, name, content, sum);
    mtmi_buffer_text(archive->out, name);
    mtmi_buffer_add(archive->out, content->data, content->size);
    put32(&archive->directory, CENTRAL_HEADER);
    put16(&archive->directory, VERSION);
    put_facts(&archive->directory, name, content, sum);
    put16(&archive->directory, 0); /* no comment */
    put16(&archive->directory, 0); /* disk */
    put16(&archive->directory, 0); /* internal attributes */
    put32(&archive->directory, 0); /* external attributes */
    put32(&archive->directory, offset);
    mtmi_buffer_text(&archive->directory, name);
    archive->n_files++;
    /* Offsets and sizes have 32 bits. */
    archive->out->failed |= content->failed || content->size > INT32_MAX || archive->out->size > INT32_MAX;
}

void mtmi_zip_writer_finish(mtmi_zip_writer *archive) {
    uint32_t offset = (uint32_t)archive->out->size, size = (uint32_t)archive->directory.size;
    mtmi_buffer_add(archive->out, archive->directory.data, archive->directory.size);
    put32(archive->out, END_OF_DIRECTORY);
    put16(archive->out, 0);
    put16(archive->out, 0);
    put16(archive->out, archive->n_files);
    put16(archive->out, archive->n_files);
    put32(archive->out, size);
    put32(archive->out, offset);
    put16(archive->out, 0);
    archive->out->failed |= archive->directory.failed;
    mtmi_buffer_free(&archive->directory);
}
