# mtm_embed(FILE NAME): compiles a file's bytes into the library, as `const unsigned char NAME[]`, ended by NUL, and
# `const size_t NAME_size`, which does not count it. Run as a script it writes the C file.
if(CMAKE_SCRIPT_MODE_FILE)
    file(READ "${INPUT}" bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    file(WRITE "${OUTPUT}" "#include <stddef.h>\n\nextern const unsigned char ${NAME}[];\nextern const size_t ${NAME}_size;\n\n"
        "const unsigned char ${NAME}[] = {\n    ${bytes}0x00};\nconst size_t ${NAME}_size = sizeof ${NAME} - 1;\n")
    return()
endif()

set(MTM_EMBED "${CMAKE_CURRENT_LIST_FILE}")

# Generated sources of a room: built before the objects that include what belongs to them.
function(mtm_generated_source source)
    get_filename_component(name "${source}" NAME_WE)
    add_custom_target(mtm_${name} DEPENDS "${source}")
    add_dependencies(mtm_objects mtm_${name})
    set_source_files_properties("${source}" TARGET_DIRECTORY mtm_objects PROPERTIES GENERATED TRUE)
    target_sources(mtm_objects PRIVATE "${source}")
endfunction()

function(mtm_embed input name)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.c")
    add_custom_command(OUTPUT "${source}"
        COMMAND "${CMAKE_COMMAND}" "-DINPUT=${CMAKE_CURRENT_SOURCE_DIR}/${input}" "-DOUTPUT=${source}" -DNAME=${name}
            -P "${MTM_EMBED}"
        DEPENDS "${input}" "${MTM_EMBED}" VERBATIM)
    mtm_generated_source("${source}")
endfunction()

# mtm_tables(PROGRAM OUTPUT FOLDER SOURCES...): tables made of the TSV files of a folder by a small program that runs while
# the library is built; it normalises words with the library's own code.
function(mtm_tables program output folder)
    add_executable(${program} ${ARGN})
    set_target_properties(${program} PROPERTIES C_STANDARD 11)
    target_include_directories(${program} PRIVATE "${PROJECT_SOURCE_DIR}/lib" "${PROJECT_SOURCE_DIR}/include")
    target_compile_definitions(${program} PRIVATE _POSIX_C_SOURCE=200809L MTM_STATIC)
    target_link_libraries(${program} PRIVATE PkgConfig::libutf8proc)
    file(GLOB data CONFIGURE_DEPENDS "${folder}/*.tsv")
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${output}.c")
    add_custom_command(OUTPUT "${source}"
        COMMAND ${program} "${folder}" > "${source}"
        DEPENDS ${data} ${program} VERBATIM)
    mtm_generated_source("${source}")
endfunction()
