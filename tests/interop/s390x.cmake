# Builds for s390x, which puts the high byte first, with the packages of tests/interop/s390x-root in $MTM_S390X. What runs while
# the library is built runs under qemu.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_C_COMPILER s390x-linux-gnu-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE s390x-linux-gnu)
set(CMAKE_FIND_ROOT_PATH "$ENV{MTM_S390X}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR
    "qemu-s390x;-L;/usr/s390x-linux-gnu;-E;LD_LIBRARY_PATH=$ENV{MTM_S390X}/usr/lib/s390x-linux-gnu")
