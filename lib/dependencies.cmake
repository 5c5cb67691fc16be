# What libmtm links. Each missing part is named together with the Debian package that has it.
find_package(PkgConfig REQUIRED)

# mtm_find(TARGET pkg-config-module debian-package) defines an imported target or stops with the package's name.
function(mtm_find module package)
    pkg_check_modules(${module} QUIET IMPORTED_TARGET ${module})
    if(NOT ${module}_FOUND)
        message(FATAL_ERROR "${module} was not found. On Debian: apt install ${package} (or run .ci/setup)")
    endif()
endfunction()

function(mtm_find_optional module package feature)
    pkg_check_modules(${module} QUIET IMPORTED_TARGET ${module})
    if(NOT ${module}_FOUND)
        message(STATUS "Without ${feature}: ${module} was not found. On Debian: apt install ${package}")
    endif()
endfunction()

find_path(LIBCSV_INCLUDE_DIR csv.h)
find_library(LIBCSV_LIBRARY csv)
if(NOT LIBCSV_INCLUDE_DIR OR NOT LIBCSV_LIBRARY)
    message(FATAL_ERROR "libcsv was not found. On Debian: apt install libcsv-dev (or run .ci/setup)")
endif()
add_library(mtm_libcsv UNKNOWN IMPORTED)
set_target_properties(mtm_libcsv PROPERTIES
    IMPORTED_LOCATION "${LIBCSV_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${LIBCSV_INCLUDE_DIR}")

mtm_find(jansson libjansson-dev)
mtm_find(libutf8proc libutf8proc-dev)
find_package(Iconv REQUIRED)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

mtm_find_optional(uchardet libuchardet-dev "guessing an undeclared encoding")
mtm_find_optional(zlib zlib1g-dev "reading .csv.gz")
mtm_find_optional(libzip libzip-dev "reading workbooks")
mtm_find_optional(expat libexpat1-dev "reading workbooks")
