// Listen, Accept, Dial, Conn: data, ends and closing. Deadlines: net_deadline_test.cpp.
#include <fcntl.h>
#include <heddle/net.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <vector>

#include "unit/net_peers.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(NetTest);

TEST_P(NetTest, TcpCarriesBytesBothWays) {
  Body([] {
    const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
    ASSERT_FALSE(error) << error.message();
    WaitGroup wg;
    wg.Go([&listener = listener] { Echo(listener.Accept().value); });
    const auto [conn, refused] = Dial("tcp", listener.Addr());
    ASSERT_FALSE(refused) << refused.message();
    EXPECT_EQ(conn.RemoteAddr(), listener.Addr());
    EXPECT_EQ(conn.LocalAddr().rfind("127.0.0.1:", 0), 0u);
    for (int i = 0; i < 100; ++i) {
      const std::string text = "message " + std::to_string(i);
      EXPECT_EQ(conn.Write(text).n, text.size());
      EXPECT_EQ(ReadAll(conn, text.size()), text);
    }
    EXPECT_FALSE(conn.Close());
    wg.Wait();
  });
}

TEST_P(NetTest, UnixSocketsHavePathsOrAbstractNames) {
  Body([] {
    const std::string path = SocketPath();
    for (const std::string& name : {path, "@" + path}) {
      const auto [listener, error] = Listen("unix", name);
      ASSERT_FALSE(error) << error.message();
      EXPECT_EQ(listener.Addr(), name);
      const auto [conn, refused] = Dial("unix", name);
      ASSERT_FALSE(refused) << refused.message();
      EXPECT_EQ(conn.RemoteAddr(), name);
      const auto [peer, none] = listener.Accept();
      ASSERT_FALSE(none);
      EXPECT_EQ(conn.Write("over the path").n, 13u);
      EXPECT_EQ(ReadAll(peer, 13), "over the path");
      EXPECT_EQ(Listen("unix", name).error, std::errc::address_in_use);
      EXPECT_FALSE(listener.Close());
      EXPECT_NE(access(name.c_str(), F_OK), 0);
    }
  });
}

TEST_P(NetTest, HalfClosedStillReads) {
  Body([] {
    auto [here, there] = TcpPeers();
    WaitGroup wg;
    wg.Go([there = there] {
      char buffer[64];
      std::string request;
      for (;;) {
        const auto [n, error] = there.Read(buffer);
        if (error) {
          EXPECT_EQ(error, NetError::kEof);
          break;
        }
        request.append(buffer, n);
      }
      EXPECT_EQ(there.Write("got " + request).n, request.size() + 4);
      EXPECT_FALSE(there.Close());
    });
    EXPECT_FALSE(here.Write("all of it").error);
    EXPECT_FALSE(here.CloseWrite());
    EXPECT_EQ(ReadAll(here, 100), "got all of it");
    char more[1];
    EXPECT_EQ(here.Read(more).error, NetError::kEof);
    EXPECT_EQ(here.Write("x").error, std::errc::broken_pipe);  // and no SIGPIPE
    wg.Wait();
  });
}

TEST_P(NetTest, AnEndThatCameWithTheLastBytesIsSeen) {
  Body([] {
    // The read that takes the bytes comes back short: the next must not wait for an event.
    for (int i = 0; i < 50; ++i) {
      auto [here, there] = TcpPeers();
      EXPECT_FALSE(here.Write("last").error);
      EXPECT_FALSE(here.Close());
      if (i % 2 == 0) Yield();
      EXPECT_EQ(ReadAll(there, 4), "last");
      char more[16];
      EXPECT_EQ(there.Read(more).error, NetError::kEof);
    }
  });
}

TEST_P(NetTest, CloseWakesWhoReadsWritesAndAccepts) {
  Body([] {
    auto [here, there] = TcpPeers();
    const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
    ASSERT_FALSE(error);
    Fill(here);
    WaitGroup wg;
    std::atomic<int> waiting{0};
    for (int i = 0; i < 3; ++i) {  // one waits for bytes, the others for their turn
      wg.Go([&, here = here] {
        char buffer[8];
        ++waiting;
        EXPECT_EQ(here.Read(buffer).error, NetError::kClosed);
      });
    }
    wg.Go([&, here = here] {
      ++waiting;
      EXPECT_EQ(here.Write(std::string(1 << 22, 'w')).error, NetError::kClosed);
    });
    wg.Go([&, listener = listener] {
      ++waiting;
      EXPECT_EQ(listener.Accept().error, NetError::kClosed);
    });
    AwaitTrue([&] { return waiting == 5; });
    Sleep(2ms);
    EXPECT_FALSE(here.Close());
    EXPECT_FALSE(listener.Close());
    wg.Wait();
    EXPECT_EQ(here.Close(), NetError::kClosed);
    EXPECT_EQ(here.Write("x").error, NetError::kClosed);
    EXPECT_EQ(here.SetDeadline(1s), NetError::kClosed);
    EXPECT_EQ(here.Fd(), -1);
    EXPECT_EQ(here.RemoteAddr(), "");
  });
}

TEST_P(NetTest, TheAddressIsFreeWhenCloseReturns) {
  Body([] {
    std::string address = "127.0.0.1:0";
    for (int i = 0; i < 10; ++i) {
      const auto [listener, error] = Listen("tcp", address);
      ASSERT_FALSE(error) << address << ": " << error.message();
      address = listener.Addr();
      WaitGroup wg;
      wg.Go([listener = listener] { EXPECT_EQ(listener.Accept().error, NetError::kClosed); });
      if (i % 2 == 0) Sleep(1ms);
      EXPECT_FALSE(listener.Close());
      wg.Wait();
    }
  });
}

TEST_P(NetTest, TheLastHandleCloses) {
  Body([] {
    auto [here, there] = TcpPeers();
    Conn copy = here;
    EXPECT_TRUE(copy == here);
    here = Conn();
    EXPECT_FALSE(copy.Write("still").error);
    EXPECT_EQ(ReadAll(there, 5), "still");
    copy = Conn();
    char buffer[8];
    EXPECT_EQ(there.Read(buffer).error, NetError::kEof);
    EXPECT_FALSE(copy);
    EXPECT_EQ(copy.Write("x").error, NetError::kClosed);
    EXPECT_EQ(Listener().Accept().error, NetError::kClosed);
  });
}

TEST_P(NetTest, BigWritesWaitForTheReader) {
  Body([] {
    auto [here, there] = TcpPeers();
    constexpr std::size_t kSize = 6 << 20;
    std::string sent(kSize, '\0');
    for (std::size_t i = 0; i < kSize; ++i) sent[i] = static_cast<char>(i * 2654435761u >> 24);
    WaitGroup wg;
    wg.Go([&, here = here] {
      EXPECT_EQ(here.Write(sent).n, kSize);
      EXPECT_FALSE(here.CloseWrite());
    });
    Sleep(2ms);
    EXPECT_TRUE(ReadAll(there, kSize + 1) == sent);
    wg.Wait();
  });
}

TEST_P(NetTest, WritesOfSeveralStayWhole) {
  Body([] {
    auto [here, there] = TcpPeers();
    constexpr int kWriters = 4;
    constexpr std::size_t kSize = 1 << 20;
    WaitGroup wg;
    for (int i = 0; i < kWriters; ++i) {
      wg.Go([&, i, here = here] {
        EXPECT_EQ(here.Write(std::string(kSize, static_cast<char>('a' + i))).n, kSize);
      });
    }
    const std::string all = ReadAll(there, kWriters * kSize);
    wg.Wait();
    ASSERT_EQ(all.size(), kWriters * kSize);
    for (int i = 0; i < kWriters; ++i) {
      const std::string part = all.substr(static_cast<std::size_t>(i) * kSize, kSize);
      EXPECT_EQ(part.find_first_not_of(part[0]), std::string::npos);
    }
  });
}

TEST_P(NetTest, ManyConnectionsAtOnce) {
  Body([] {
    constexpr int kConns = 100;
    const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
    ASSERT_FALSE(error);
    WaitGroup servers;
    servers.Go([&, listener = listener] {
      for (;;) {
        const auto [conn, closed] = listener.Accept();
        if (closed) return;
        servers.Go([conn = conn] { Echo(conn); });
      }
    });
    WaitGroup clients;
    std::atomic<int> right{0};
    for (int i = 0; i < kConns; ++i) {
      clients.Go([&, i, listener = listener] {
        const auto [conn, refused] = Dial("tcp", listener.Addr());
        ASSERT_FALSE(refused) << refused.message();
        for (int j = 0; j < 10; ++j) {
          const std::string text = std::to_string(i * 1000 + j);
          EXPECT_FALSE(conn.Write(text).error);
          right += ReadAll(conn, text.size()) == text;
        }
      });
    }
    clients.Wait();
    EXPECT_EQ(right, kConns * 10);
    EXPECT_FALSE(listener.Close());
    servers.Wait();
  });
}

TEST_P(NetTest, PipesAndSocketPairsAreAdopted) {
  Body([] {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const auto [reader, no_reader] = Conn::Adopt(ends[0]);
    const auto [writer, no_writer] = Conn::Adopt(ends[1]);
    ASSERT_FALSE(no_reader || no_writer);
    WaitGroup wg;
    wg.Go([&reader = reader] { EXPECT_EQ(ReadAll(reader, 4), "pipe"); });
    Sleep(1ms);
    EXPECT_FALSE(writer.Write("pipe").error);
    wg.Wait();
    EXPECT_EQ(writer.CloseWrite(), std::errc::not_a_socket);
    EXPECT_FALSE(writer.Close());
    char buffer[8];
    EXPECT_EQ(reader.Read(buffer).error, NetError::kEof);

    const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    EXPECT_EQ(Conn::Adopt(file).error, std::errc::operation_not_permitted);
    EXPECT_EQ(close(file), 0);  // still ours
    EXPECT_EQ(Conn::Adopt(-1).error, std::errc::bad_file_descriptor);
  });
}

// Whoever computes must not keep others from hearing of their events.
TEST_P(NetTest, EventsAreSeenWhileAWorkerComputes) {
  if (MaxProcs() < 2) return;
  Body([] {
    auto [here, there] = TcpPeers();
    std::atomic<bool> heard{false};
    WaitGroup wg;
    wg.Go([&, there = there] {
      EXPECT_EQ(ReadAll(there, 1), "!");
      heard = true;
    });
    std::thread writer([here = here] {
      std::this_thread::sleep_for(5ms);
      EXPECT_FALSE(here.Write("!").error);
    });
    wg.Go([&] {
      while (!heard) {
      }
    });
    wg.Wait();
    writer.join();
  });
}

}  // namespace
}  // namespace heddle
