// RUN: %expect %s
// A copy is a variable of its own, whatever it was copied from.
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Song {
  std::string title;
  int seconds;
};

void Play(const Song& song);
void Count(int seconds);

void PlayAll(const std::vector<Song>& songs) {
  heddle::WaitGroup playing;
  for (auto song : songs) {  // note: "'song' is declared here"
    playing.Go([&] { Play(song); });  // want: dangling-capture "uses 'song'"
  }
  playing.Wait();
}

// Who is called back decides what is done with it.
template <class Each>
void ForEachSong(heddle::WaitGroup& group, const std::vector<Song>& songs, const Each& each) {
  for (const auto song : songs) {
    group.Go([&each, &song] { each(song); });  // want: dangling-capture "uses 'song'"
  }
}
void CountAll(const std::vector<Song>& songs) {
  heddle::WaitGroup counting;
  ForEachSong(counting, songs, [](const Song& song) { Count(song.seconds); });
  counting.Wait();
}

void PlayByNumber(const std::vector<Song>& songs, const std::vector<int>& numbers) {
  heddle::WaitGroup playing;
  for (int number : numbers) {
    Song song = songs[number];
    playing.Go([&song] { Count(song.seconds); });  // want: dangling-capture "uses 'song'"
  }
  playing.Wait();
}

void PlayByName(const std::map<std::string, Song>& songs) {
  heddle::WaitGroup playing;
  for (std::pair<std::string, Song> entry : songs)
    playing.Go([&entry] { Count(entry.second.seconds); });  // want: dangling-capture "uses 'entry'"
  playing.Wait();
}

// References to what stays.
void PlayElements(const std::vector<Song>& songs) {
  heddle::WaitGroup playing;
  for (const auto& song : songs) {
    playing.Go([&] { Play(song); });
  }
  playing.Wait();
}

// The task's own copy.
void PlayCopies(const std::vector<Song>& songs) {
  heddle::WaitGroup playing;
  for (auto song : songs) {
    playing.Go([song] { Play(song); });
    playing.Go([song = std::move(song)] { Play(song); });
  }
  playing.Wait();
}

// Each waits for its turn's task.
void PlayInOrder(const std::vector<Song>& songs) {
  for (auto song : songs) {
    heddle::WaitGroup playing;
    playing.Go([&] { Play(song); });
    playing.Wait();
  }
}

// Constants are no storage.
void PlayNumber(const std::vector<Song>& songs) {
  const int first = 0;
  constexpr int second = 1;
  auto all = std::make_shared<std::vector<Song>>(songs);
  heddle::go([all] { Play((*all)[first]); });
  heddle::go([all] { Play((*all)[second]); });
}
void PlayNumbers(const std::vector<Song>& songs) {
  heddle::WaitGroup playing;
  auto all = std::make_shared<std::vector<Song>>(songs);
  for (int turn = 0; turn < 3; ++turn) {
    const int first = 0;
    playing.Go([all] { Play((*all)[first]); });
  }
  playing.Wait();
}

// It is named by the task that makes the list, not by the one that plays.
void PlayList(const std::vector<Song>& songs) {
  heddle::WaitGroup playing;
  Song song = songs[0];
  auto play = [&song] { Play(song); };
  play();
  playing.Go([] { Count(1); });
  playing.Wait();
}

// A parameter is as much the function's own.
void PlayLater(Song song) {
  heddle::go([&] { Count(song.seconds); });  // want: dangling-capture "uses 'song'"
}
void CountLater(int seconds) {
  heddle::go([&] { Count(seconds); });  // want: dangling-capture "uses 'seconds'"
}
void CountNow(int seconds) {
  heddle::WaitGroup counting;
  counting.Go([&] { Count(seconds); });
  counting.Wait();
}
void CountCopy(int seconds) {
  heddle::go([=] { Count(seconds); });
}
