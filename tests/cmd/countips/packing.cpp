#include "cmd/countips/packing.h"

#include <bzlib.h>
#include <lzma.h>
#include <zstd.h>

#include <cstdint>
#include <stdexcept>

#include "cmd/countips/gzip.h"

namespace countips {

namespace {

void require(bool good) {
  if (!good) throw std::runtime_error("cannot pack");
}

// More than any of the methods makes of so much text.
std::string room_for(std::string_view text) {
  return std::string(text.size() + text.size() / 8 + 4096, '\0');
}

std::string zstd(std::string_view text) {
  std::string packed = room_for(text);
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  const std::size_t size =
      ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  require(ZSTD_isError(size) == 0);
  packed.resize(size);
  return packed;
}

std::string bzip2(std::string_view text) {
  std::string packed = room_for(text);
  std::string input(text);  // The library wants it mutable.
  auto size = static_cast<unsigned int>(packed.size());
  require(BZ2_bzBuffToBuffCompress(packed.data(), &size, input.data(),
                                   static_cast<unsigned int>(input.size()), 1, 0, 0) == BZ_OK);
  packed.resize(size);
  return packed;
}

std::string xz(std::string_view text) {
  std::string packed = room_for(text);
  std::size_t size = 0;
  require(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr,
                                  reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                  reinterpret_cast<std::uint8_t*>(packed.data()), &size,
                                  packed.size()) == LZMA_OK);
  packed.resize(size);
  return packed;
}

}  // namespace

std::string name_of(packing how) {
  switch (how) {
    case packing::gzip:
      return "gzip";
    case packing::zstd:
      return "zstd";
    case packing::bzip2:
      return "bzip2";
    case packing::xz:
      return "xz";
  }
  return {};
}

std::string pack(packing how, std::string_view text) {
  switch (how) {
    case packing::gzip:
      return gzip(text);
    case packing::zstd:
      return zstd(text);
    case packing::bzip2:
      return bzip2(text);
    case packing::xz:
      return xz(text);
  }
  return {};
}

}  // namespace countips
